using System.Net;
using System.Net.Sockets;

namespace MedEmbed.Synthesis.Endpoint;

/// <summary>The HTTP client of an endpoint: no redirects, which could lead elsewhere; for this machine no proxy and no address but a loopback one.</summary>
internal static class EndpointTransport
{
    public static HttpClient Create(EndpointOptions options)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = options.Concurrency,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectTimeout = options.Timeout,
        };
        if (EndpointGuard.IsLocal(options.Address))
        {
            sockets.UseProxy = false;
            sockets.ConnectCallback = ConnectLocallyAsync;
        }

        return new HttpClient(new EndpointRequestHandler(options, sockets)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    // A hosts file can give localhost any address.
    private static async ValueTask<Stream> ConnectLocallyAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            IPAddress? peer = (socket.RemoteEndPoint as IPEndPoint)?.Address;
            if (peer is null || !IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer))
                throw new IOException($"{context.DnsEndPoint.Host} leads to another machine on this one; nothing was sent.");
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
