namespace MedEmbed.Retrieval.Fusion;

/// <summary>A document of a joined ranking.</summary>
/// <param name="Id">The document.</param>
/// <param name="Score">Σ 1 / (k + rank); higher is better.</param>
public readonly record struct FusedHit(string Id, double Score);
