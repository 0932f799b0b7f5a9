namespace MedEmbed.Synthesis.Candidates;

/// <summary>A query with its response as an LLM or a rule gave it, unchecked.</summary>
/// <param name="Query">The query.</param>
/// <param name="QueryType">One of <see cref="QueryTypes.All"/>.</param>
/// <param name="Information">What answers it; null is the whole text.</param>
/// <param name="Relevance">How well, 0 to 1.</param>
public sealed record CandidatePair(string Query, string QueryType, string? Information, double Relevance);
