using System.Threading.RateLimiting;

namespace MedEmbed.Synthesis.Endpoint;

/// <summary>Holds requests back: to the rates allowed, and while the endpoint has asked for a pause. Thread-safe.</summary>
internal sealed class RequestPace : IDisposable
{
    // Buckets that fill ten times a second spread requests over the minute.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly TokenBucketRateLimiter? _requests;
    private readonly TokenBucketRateLimiter? _tokens;
    private readonly int _tokensAtOnce;
    private readonly TimeProvider _time;
    private long _pausedUntil;

    public RequestPace(EndpointOptions options, TimeProvider time)
    {
        _time = time;
        _requests = options.RequestsPerMinute is { } requests ? Bucket(requests) : null;
        _tokens = options.TokensPerMinute is { } tokens ? Bucket(tokens) : null;
        _tokensAtOnce = options.TokensPerMinute ?? 0;
    }

    /// <summary>No request begins before <paramref name="wait"/> is over.</summary>
    public void Pause(TimeSpan wait)
    {
        long until = (_time.GetUtcNow() + wait).UtcTicks;
        for (long before = Interlocked.Read(ref _pausedUntil); before < until;)
        {
            long seen = Interlocked.CompareExchange(ref _pausedUntil, until, before);
            if (seen == before)
                return;
            before = seen;
        }
    }

    /// <summary>Waits until a request of about <paramref name="tokens"/> tokens may begin.</summary>
    public async ValueTask WaitAsync(int tokens, CancellationToken cancellationToken)
    {
        while (new TimeSpan(Interlocked.Read(ref _pausedUntil) - _time.GetUtcNow().UtcTicks) is var left && left > TimeSpan.Zero)
            await Task.Delay(left, _time, cancellationToken).ConfigureAwait(false);
        if (_requests is not null)
            (await _requests.AcquireAsync(1, cancellationToken).ConfigureAwait(false)).Dispose();
        if (_tokens is not null)
            (await _tokens.AcquireAsync(Math.Min(tokens, _tokensAtOnce), cancellationToken).ConfigureAwait(false)).Dispose();
    }

    public void Dispose()
    {
        _requests?.Dispose();
        _tokens?.Dispose();
    }

    private static TokenBucketRateLimiter Bucket(int perMinute)
    {
        // A period long enough for one whole token, so that low rates are kept too.
        TimeSpan period = perMinute >= 600 ? Period : TimeSpan.FromMinutes(1.0 / perMinute);
        int perPeriod = Math.Max(1, (int)(perMinute * period.TotalMinutes + 0.5));
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(perMinute >= 600 ? perMinute : 1, perPeriod),
            TokensPerPeriod = perPeriod,
            ReplenishmentPeriod = period,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }
}
