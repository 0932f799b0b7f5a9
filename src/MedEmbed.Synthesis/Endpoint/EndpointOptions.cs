namespace MedEmbed.Synthesis.Endpoint;

/// <summary>Where an LLM answers, and how patiently it is asked. Immutable; each value is checked when it is set.</summary>
public sealed record EndpointOptions
{
    /// <summary>The base address of an OpenAI-compatible API, such as <c>http://localhost:8000/v1</c>. Its query, if any (as Azure's <c>api-version</c>), goes with every request.</summary>
    /// <exception cref="ArgumentException">It is no absolute http or https address, or holds a user or password.</exception>
    public required Uri Address
    {
        get;
        init => field = value is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" }
            ? value
            : throw new ArgumentException("the endpoint must be an http or https address without user and password, such as http://localhost:8000/v1; keys come from the environment.");
    }

    /// <summary>The key; null where the endpoint needs none. Never logged.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether text may be sent to another machine. Default false.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Requests at once, at least 1. Default 4.</summary>
    public int Concurrency { get; init => field = AtLeastOne(value); } = 4;

    /// <summary>Further attempts after a failure that may pass. Default 5; 0 gives up at once.</summary>
    public int MaxRetries { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "retries must be at least 0."); } = 5;

    /// <summary>Wait before the second attempt; it doubles with each one, with jitter. Default 1 s.</summary>
    public TimeSpan RetryDelay { get; init => field = Positive(value); } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between attempts that is not asked for by the endpoint. Default 60 s.</summary>
    public TimeSpan MaxRetryDelay { get; init => field = Positive(value); } = TimeSpan.FromSeconds(60);

    /// <summary>The longest wait that the endpoint may ask for by <c>Retry-After</c>. Default 10 min.</summary>
    public TimeSpan MaxRetryAfter { get; init => field = Positive(value); } = TimeSpan.FromMinutes(10);

    /// <summary>Time until an answer begins (the whole answer, where it does not stream). Default 5 min.</summary>
    public TimeSpan Timeout { get; init => field = Positive(value); } = TimeSpan.FromMinutes(5);

    /// <summary>Time between two pieces of a streamed answer. Default 60 s.</summary>
    public TimeSpan StallTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(60);

    /// <summary>Whether answers are streamed, so that a stalled one is noticed early. Default true.</summary>
    public bool Stream { get; init; } = true;

    /// <summary>Requests a minute; null is without limit.</summary>
    public int? RequestsPerMinute { get; init => field = value is { } limit ? AtLeastOne(limit) : null; }

    /// <summary>Tokens a minute, those of an answer taken at their most; null is without limit.</summary>
    public int? TokensPerMinute { get; init => field = value is { } limit ? AtLeastOne(limit) : null; }

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "the time must be above zero.");
}
