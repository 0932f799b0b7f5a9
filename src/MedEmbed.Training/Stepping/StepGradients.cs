namespace MedEmbed.Training.Stepping;

/// <summary>What came of one batch.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Tokens">Tokens of the batch, padding not counted.</param>
/// <param name="Cached">Whether its passes were computed twice, since their graphs would not have fitted in the memory allowed.</param>
public readonly record struct StepGradients(float Loss, long Tokens, bool Cached);
