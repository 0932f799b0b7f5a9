namespace MedEmbed.Hub;

/// <summary>A hub could not give a model or data set. The message names the repository or file, the reason and the remedy; it never holds a token or a signed
/// address.</summary>
public sealed class HubException : IOException
{
    /// <summary>Reports a failure.</summary>
    /// <param name="failure">What kind it is.</param>
    /// <param name="message">What happened to what, and what to do.</param>
    /// <param name="innerException">The cause, where another error led to this one.</param>
    public HubException(HubFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What kind of failure it is.</summary>
    public HubFailure Failure { get; }
}
