namespace MedEmbed.Encoding;

/// <summary>Counts of one encoding call.</summary>
/// <param name="Texts">Texts encoded.</param>
/// <param name="Tokens">Tokens of these texts after truncation, special tokens and prompts included, padding not.</param>
/// <param name="Truncated">Texts that were longer than the encoder's maximum and lost their end.</param>
/// <param name="PaddedTokens">Tokens the graph computed, padding included; the share <c>1 - Tokens / PaddedTokens</c> is wasted work.</param>
public sealed record EncodeReport(long Texts, long Tokens, long Truncated, long PaddedTokens)
{
    /// <summary>The report of no text at all.</summary>
    public static EncodeReport Empty { get; } = new(0, 0, 0, 0);

    /// <summary>The counts of two calls together.</summary>
    public EncodeReport Plus(EncodeReport other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Texts + other.Texts, Tokens + other.Tokens, Truncated + other.Truncated, PaddedTokens + other.PaddedTokens);
    }
}
