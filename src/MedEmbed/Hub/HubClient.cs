using System.Net;

namespace MedEmbed.Hub;

/// <summary>Asks a Hugging Face hub, or a server of the same layout, what the repository of a model or data set holds, and downloads its files.</summary>
/// <remarks>Thread-safe. Redirects, retries and time-outs are handled here, so a handler given must not do the same.</remarks>
public sealed class HubClient : IDisposable
{
    private const int LongestListing = 32 << 20;

    private readonly HttpClient _http;
    private readonly HubTransport _transport;
    private readonly TimeProvider _time;

    /// <summary>A client for one hub.</summary>
    /// <param name="options">Where the hub is and how patiently to ask.</param>
    /// <param name="handler">Sends the requests, without following redirects or decompressing; null makes one. The caller keeps it.</param>
    /// <param name="time">The clock for waits between attempts; null is the system's.</param>
    /// <exception cref="HubException">The endpoint is neither HTTPS nor loopback.</exception>
    public HubClient(HubOptions options, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _time = time ?? TimeProvider.System;
        bool own = handler is null;
        handler ??= new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectTimeout = options.ResponseTimeout,
        };
        _http = new HttpClient(handler, disposeHandler: own) { Timeout = Timeout.InfiniteTimeSpan };
        _transport = new HubTransport(_http, options, _time);
    }

    /// <summary>The settings this client was made with.</summary>
    public HubOptions Options { get; }

    /// <summary>Lists a model's files at the commit where its revision stands now.</summary>
    /// <exception cref="HubException">The model cannot be listed; <see cref="HubException.Failure"/> says why.</exception>
    public Task<HubRepository> GetRepositoryAsync(HubId id, CancellationToken cancellationToken = default) =>
        ListAsync(id, HubRepositoryKind.Model, cancellationToken);

    /// <summary>Lists a data set's files at the commit where its revision stands now.</summary>
    /// <exception cref="HubException">The data set cannot be listed; <see cref="HubException.Failure"/> says why.</exception>
    public Task<HubRepository> GetDatasetAsync(HubId id, CancellationToken cancellationToken = default) =>
        ListAsync(id, HubRepositoryKind.Dataset, cancellationToken);

    /// <summary>Downloads one file, continuing what an earlier call left in <c>DESTINATION.partial</c>, checks it, and gives it its name in one step.</summary>
    /// <remarks>One caller at a time for one destination. When cancelled or given up, the partial file stays for the next call.</remarks>
    /// <param name="repository">The repository, as listed by this client.</param>
    /// <param name="file">The file, one of the repository's.</param>
    /// <param name="destination">Where it goes; its folder must exist.</param>
    /// <param name="progress">Told as bytes arrive.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <exception cref="HubException">The file cannot be had, or is twice not what the hub lists.</exception>
    /// <exception cref="IOException">The destination cannot be written.</exception>
    public Task DownloadAsync(
        HubRepository repository, HubFile file, string destination, IProgress<HubProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        return new FileTransfer(_transport, Options, _time, repository, file, progress).RunAsync(destination, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<HubRepository> ListAsync(HubId id, HubRepositoryKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        var retries = new RetrySchedule(Options, _time, id.ToString());
        while (true)
        {
            try
            {
                return HubListing.Parse(id, await ReadListingAsync(id, kind, cancellationToken).ConfigureAwait(false), kind);
            }
            catch (TransientFault fault)
            {
                await retries.WaitAsync(fault, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<byte[]> ReadListingAsync(HubId id, HubRepositoryKind kind, CancellationToken cancellationToken)
    {
        var address = HubAddress.Listing(Options.Endpoint, id, kind);
        using var response = await _transport.GetAsync(address, id.ToString(), from: 0, cancellationToken).ConfigureAwait(false);
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(Options.StallTimeout);
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestListing, stall.Token).ConfigureAwait(false);
            return await response.Content.ReadAsByteArrayAsync(stall.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientFault("the listing stopped arriving");
        }
        catch (Exception e) when (e is HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded } or IOException)
        {
            throw new TransientFault("the connection dropped in the middle of the listing", innerException: e);
        }
        catch (HttpRequestException e)
        {
            throw new HubException(HubFailure.Refused, $"{id}: the hub's listing is larger than {LongestListing >> 20} MiB and is not taken.", e);
        }
    }
}
