using MedEmbed.Retrieval;

namespace MedEmbed.Cli.Output;

/// <summary>A hit with its document.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Score">Higher is better.</param>
/// <param name="Document">What was found.</param>
internal sealed record FoundDocument(int Rank, float Score, IndexedDocument Document);
