namespace MedEmbed.Training.Runs;

/// <summary>How far a run has come.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Loss">Mean loss since the last log line.</param>
/// <param name="LearningRate">Learning rate of the last step.</param>
/// <param name="TokensPerSecond">Tokens a second since the last log line, padding not counted.</param>
/// <param name="TimeLeft">What the steps left take at the rate so far; looks at the development data come on top.</param>
/// <param name="Score">nDCG@10 on the development data at the last look; null before.</param>
public readonly record struct TrainingProgress(int Step, int Steps, double Loss, double LearningRate, double TokensPerSecond, TimeSpan TimeLeft, double? Score);
