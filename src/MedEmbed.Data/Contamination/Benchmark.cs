namespace MedEmbed.Data.Contamination;

/// <summary>A benchmark that training texts are compared with.</summary>
/// <param name="Name">The name of its folder, with those between it and the folder that was searched.</param>
/// <param name="Path">The folder.</param>
/// <param name="Queries">Queries of all splits.</param>
/// <param name="Documents">Documents of the corpus.</param>
public sealed record Benchmark(string Name, string Path, long Queries, long Documents);
