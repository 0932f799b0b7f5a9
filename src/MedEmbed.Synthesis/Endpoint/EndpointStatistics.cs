namespace MedEmbed.Synthesis.Endpoint;

/// <summary>Counts of one run against an endpoint. Thread-safe.</summary>
public sealed class EndpointStatistics
{
    private readonly long[] _failures = new long[Enum.GetValues<EndpointFailure>().Length];
    private long _requests;
    private long _inputTokens;
    private long _outputTokens;

    /// <summary>Requests sent, repeated ones included.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Tokens of requests, as the endpoint tells them.</summary>
    public long InputTokens => Interlocked.Read(ref _inputTokens);

    /// <summary>Tokens of answers, as the endpoint tells them.</summary>
    public long OutputTokens => Interlocked.Read(ref _outputTokens);

    /// <summary>How often each failure happened; those that did not are left out.</summary>
    public IReadOnlyDictionary<EndpointFailure, long> Failures =>
        Enum.GetValues<EndpointFailure>().Where(failure => Interlocked.Read(ref _failures[(int)failure]) > 0).ToDictionary(failure => failure, failure => Interlocked.Read(ref _failures[(int)failure]));

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void Count(EndpointFailure failure) => Interlocked.Increment(ref _failures[(int)failure]);

    internal void CountTokens(long input, long output)
    {
        Interlocked.Add(ref _inputTokens, input);
        Interlocked.Add(ref _outputTokens, output);
    }
}
