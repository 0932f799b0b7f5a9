using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace MedEmbed.Synthesis.Tests.Endpoint;

/// <summary>A chat completions endpoint on a loopback socket that answers as a test wants, faults included: one request a connection.</summary>
public sealed class FakeEndpoint : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<FakeRequest, FakeReply> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _closed = new();
    private int _requests;

    public FakeEndpoint(Func<FakeRequest, FakeReply> answer, X509Certificate2? certificate = null)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"{(_certificate is null ? "http" : "https")}://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1"));

    /// <summary>Requests as they came.</summary>
    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    public void Dispose()
    {
        _closed.Cancel();
        _listener.Dispose();
        _closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The endpoint was disposed of.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(_certificate);
                    stream = tls;
                }

                FakeRequest request = await ReadAsync(stream);
                Requests.Enqueue(request);
                await WriteAsync(stream, request, _answer(request));
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away, or did not trust the certificate.
            }
        }
    }

    private async Task<FakeRequest> ReadAsync(Stream stream)
    {
        List<byte> bytes = [];
        byte[] buffer = new byte[1 << 14];
        int head = -1;
        while (head < 0)
        {
            int read = await stream.ReadAsync(buffer);
            if (read == 0)
                throw new IOException("no request");
            bytes.AddRange(buffer.AsSpan(0, read));
            head = bytes.ToArray().AsSpan().IndexOf("\r\n\r\n"u8);
        }

        string[] lines = System.Text.Encoding.ASCII.GetString([.. bytes.Take(head)]).Split("\r\n");
        Dictionary<string, string> headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        bytes.RemoveRange(0, head + 4);
        bool chunked = headers.GetValueOrDefault("Transfer-Encoding") == "chunked";
        int length = chunked ? int.MaxValue : int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture);
        while (bytes.Count < length && !(chunked && bytes.ToArray().AsSpan().EndsWith("0\r\n\r\n"u8)))
        {
            int read = await stream.ReadAsync(buffer);
            if (read == 0)
                throw new IOException("half a request");
            bytes.AddRange(buffer.AsSpan(0, read));
        }

        string body = System.Text.Encoding.UTF8.GetString(chunked ? Unchunk([.. bytes]) : [.. bytes]);
        return new FakeRequest(Interlocked.Increment(ref _requests), lines[0].Split(' ')[1], headers, JsonSerializer.Deserialize<JsonElement>(body));
    }

    private static byte[] Unchunk(byte[] bytes)
    {
        List<byte> body = [];
        for (int at = 0; ;)
        {
            int end = at + bytes.AsSpan(at).IndexOf("\r\n"u8);
            int size = int.Parse(System.Text.Encoding.ASCII.GetString(bytes, at, end - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                return [.. body];
            body.AddRange(bytes.AsSpan(end + 2, size));
            at = end + 2 + size + 2;
        }
    }

    private async Task WriteAsync(Stream stream, FakeRequest request, FakeReply reply)
    {
        if (reply.Silent)
        {
            await Task.Delay(Timeout.Infinite, _closed.Token);
            return;
        }

        await Task.Delay(reply.Delay, _closed.Token);
        bool events = request.Streams && reply.Status == 200 && reply.Raw is null;
        byte[] body = System.Text.Encoding.UTF8.GetBytes(reply.Raw ?? (events ? reply.Events() : reply.Body()));
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} X\r\nConnection: close\r\nContent-Type: {(events ? "text/event-stream" : "application/json")}\r\nContent-Length: {body.Length}\r\n");
        foreach ((string name, string value) in reply.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        await stream.WriteAsync(body.AsMemory(0, reply.Stall || reply.Break ? body.Length / 2 : body.Length));
        await stream.FlushAsync();
        if (reply.Stall)
            await Task.Delay(Timeout.Infinite, _closed.Token);
    }
}
