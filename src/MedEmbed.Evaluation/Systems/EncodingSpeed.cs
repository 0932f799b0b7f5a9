namespace MedEmbed.Evaluation.Systems;

/// <summary>How much was encoded, and in what time.</summary>
/// <param name="Texts">Texts encoded.</param>
/// <param name="Tokens">Their tokens after truncation.</param>
/// <param name="Truncated">Texts that were longer than the model takes.</param>
/// <param name="Time">The time it took.</param>
public readonly record struct EncodingSpeed(long Texts, long Tokens, long Truncated, TimeSpan Time)
{
    /// <summary>Both together.</summary>
    public EncodingSpeed Plus(EncodingSpeed other) => new(Texts + other.Texts, Tokens + other.Tokens, Truncated + other.Truncated, Time + other.Time);

    /// <summary>What came after <paramref name="earlier"/>.</summary>
    public EncodingSpeed Since(EncodingSpeed earlier) => new(Texts - earlier.Texts, Tokens - earlier.Tokens, Truncated - earlier.Truncated, Time - earlier.Time);
}
