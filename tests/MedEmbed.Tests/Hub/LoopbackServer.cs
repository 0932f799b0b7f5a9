using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MedEmbed.Tests.Hub;

/// <summary>A small HTTP/1.1 server on a socket, so that tests can break the protocol: one GET a connection.</summary>
public sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<ServerRequest, ServerReply> _answer;

    public LoopbackServer(Func<ServerRequest, ServerReply> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<ServerRequest> Requests { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The server was disposed of.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await ReadAsync(stream);
                Requests.Enqueue(request);
                await WriteAsync(client, stream, request, _answer(request));
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                // The client went away.
            }
        }
    }

    private async Task<ServerRequest> ReadAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, System.Text.Encoding.ASCII, leaveOpen: true);
        string target = (await reader.ReadLineAsync() ?? throw new IOException("no request")).Split(' ')[1];
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
        return new ServerRequest(Port, target, headers);
    }

    private static async Task WriteAsync(TcpClient client, NetworkStream stream, ServerRequest request, ServerReply reply)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} X\r\nConnection: close\r\n");
        foreach (var (name, value) in reply.Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (!reply.WithoutLength)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Body.Length}\r\n");
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        int length = Math.Min(reply.DropAfter ?? int.MaxValue, reply.Body.Length);
        await stream.WriteAsync(reply.Body.AsMemory(0, length));
        request.Sent = length;
        await (reply.Hold ?? Task.CompletedTask);
        if (reply.Reset)
            client.LingerState = new LingerOption(true, 0);
        else
            client.Client.Shutdown(SocketShutdown.Send);
    }
}
