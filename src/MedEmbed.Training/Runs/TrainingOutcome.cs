namespace MedEmbed.Training.Runs;

/// <summary>What a finished run gave.</summary>
/// <param name="Folder">The model folder.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Loss">Mean loss of the last logged steps; null where no step was taken.</param>
/// <param name="BaseScore">nDCG@10 of the base model on the development data; null without such data.</param>
/// <param name="Score">nDCG@10 of the written model on it.</param>
/// <param name="BestStep">The step the written model is of.</param>
/// <param name="Seconds">Seconds of training, in all parts of the run.</param>
/// <param name="Tokens">Tokens trained on.</param>
public sealed record TrainingOutcome(string Folder, int Steps, double? Loss, double? BaseScore, double? Score, int BestStep, double Seconds, long Tokens);
