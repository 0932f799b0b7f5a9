namespace MedEmbed.Data.Contamination;

/// <summary>Where a training text that overlaps with a benchmark stands, and where the benchmark's does. Texts themselves are not told, since training texts may be clinical.</summary>
/// <param name="TrainingText">What the text is in training.</param>
/// <param name="File">The training file.</param>
/// <param name="Line">The line in it, from 1.</param>
/// <param name="Overlap">The benchmark's text.</param>
public sealed record OverlapExample(TrainingTextRole TrainingText, string File, long Line, BenchmarkOverlap Overlap);
