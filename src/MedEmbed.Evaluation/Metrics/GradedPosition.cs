namespace MedEmbed.Evaluation.Metrics;

/// <summary>A relevant hit by its place in the input.</summary>
/// <param name="Position">Index among the query's hits as they were given.</param>
/// <param name="Grade">Relevance grade, above 0.</param>
/// <param name="Score">Its score in single precision, once the ranker has set it.</param>
internal readonly record struct GradedPosition(int Position, int Grade, float Score = 0);
