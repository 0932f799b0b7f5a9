namespace MedEmbed.Evaluation.Metrics;

/// <summary>A relevant hit that has no rank yet.</summary>
/// <param name="Position">Index among the query's hits as they were given.</param>
/// <param name="Score">Its score in single precision.</param>
/// <param name="Grade">Relevance grade, above 0.</param>
internal readonly record struct GradedHit(int Position, float Score, int Grade);
