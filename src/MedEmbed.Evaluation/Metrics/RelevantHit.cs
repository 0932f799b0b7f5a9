namespace MedEmbed.Evaluation.Metrics;

/// <summary>A relevant document that a system found, and where.</summary>
/// <param name="Rank">Place in the ranking, from 1.</param>
/// <param name="Grade">Relevance grade, above 0.</param>
public readonly record struct RelevantHit(int Rank, int Grade);
