namespace MedEmbed.Synthesis.Endpoint;

/// <summary>An LLM's endpoint failed.</summary>
public sealed class EndpointException : IOException
{
    /// <summary>Reports a failure.</summary>
    /// <param name="failure">What kind.</param>
    /// <param name="message">What happened and what to do; no text of notes.</param>
    /// <param name="cause">What was thrown below.</param>
    public EndpointException(EndpointFailure failure, string message, Exception? cause = null)
        : base(message, cause) => Failure = failure;

    /// <summary>What kind of failure.</summary>
    public EndpointFailure Failure { get; }

    /// <summary>How long the endpoint asks to wait; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient => Failure is EndpointFailure.RateLimited or EndpointFailure.ServerError or EndpointFailure.TimedOut or EndpointFailure.Stalled or EndpointFailure.Connection or EndpointFailure.Malformed;

    /// <summary>Whether no request to this endpoint can succeed.</summary>
    public bool IsFatal => Failure is EndpointFailure.NotAllowed or EndpointFailure.Certificate;
}
