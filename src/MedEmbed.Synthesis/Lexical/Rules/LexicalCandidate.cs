namespace MedEmbed.Synthesis.Lexical.Rules;

/// <summary>A query with its passage, unchecked.</summary>
/// <param name="Query">The query.</param>
/// <param name="Positive">The passage; null where a fault left nothing to say.</param>
/// <param name="Form">What the passage is, for groups of passages of one form.</param>
internal sealed record LexicalCandidate(string Query, string? Positive, string Form)
{
    /// <summary>How well the passage answers, 0 to 1.</summary>
    public double Relevance { get; init; } = 1;

    /// <summary>Why it makes no pair; null where the checks decide.</summary>
    public LexicalFault? Fault { get; init; }
}
