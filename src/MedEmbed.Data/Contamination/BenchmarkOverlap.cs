namespace MedEmbed.Data.Contamination;

/// <summary>A benchmark's text that a training text equals or nearly equals.</summary>
/// <param name="Benchmark">The benchmark's name.</param>
/// <param name="Text">Whether it is a query or a document.</param>
/// <param name="Kind">How close the two are.</param>
/// <param name="IsShort">Whether the benchmark's text has fewer words than <see cref="ContaminationOptions.ShortTextWords"/>.</param>
/// <param name="Similarity">1 for equal texts; the estimated Jaccard similarity for near-duplicates.</param>
/// <param name="File">The benchmark's file.</param>
/// <param name="Line">The line in it, from 1.</param>
public sealed record BenchmarkOverlap(string Benchmark, BenchmarkTextKind Text, OverlapKind Kind, bool IsShort, double Similarity, string File, long Line);
