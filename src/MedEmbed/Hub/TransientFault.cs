namespace MedEmbed.Hub;

/// <summary>A request failed in a way that another attempt may mend: a dropped connection, a time-out, a busy server.</summary>
internal sealed class TransientFault(string message, TimeSpan? retryAfter = null, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>How long the server asked to wait, where it did.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
