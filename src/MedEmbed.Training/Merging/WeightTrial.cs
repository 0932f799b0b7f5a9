namespace MedEmbed.Training.Merging;

/// <summary>A mix that a search has tried.</summary>
/// <param name="Weights">A weight a member; their sum is 1.</param>
/// <param name="Score">What the mix scored.</param>
public sealed record WeightTrial(IReadOnlyList<double> Weights, double Score);
