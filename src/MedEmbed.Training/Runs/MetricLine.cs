namespace MedEmbed.Training.Runs;

/// <summary>A line of <c>metrics.jsonl</c>.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Loss">Mean loss of the steps since the line before.</param>
/// <param name="LearningRate">Learning rate of the last of them.</param>
/// <param name="TokensPerSecond">Tokens a second over them, padding not counted.</param>
/// <param name="GradientNorm">Norm of the last step's gradient before clipping.</param>
public sealed record MetricLine(int Step, double Loss, double LearningRate, double TokensPerSecond, double GradientNorm);
