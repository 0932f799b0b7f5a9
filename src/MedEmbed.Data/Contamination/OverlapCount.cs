namespace MedEmbed.Data.Contamination;

/// <summary>How many distinct training texts of one role equal, or nearly equal, a benchmark's queries or documents; each is counted once, under its closest kind.</summary>
/// <param name="Benchmark">The benchmark's name.</param>
/// <param name="BenchmarkText">Its queries or its documents.</param>
/// <param name="TrainingText">What the texts are in training.</param>
/// <param name="Exact">Texts that are equal character for character.</param>
/// <param name="Normalized">Texts that are equal but for case, punctuation and white space.</param>
/// <param name="NearDuplicate">Texts that are near-duplicates.</param>
/// <param name="Short">How many of all these meet only a short text of the benchmark, and so perhaps by chance.</param>
public sealed record OverlapCount(string Benchmark, BenchmarkTextKind BenchmarkText, TrainingTextRole TrainingText, long Exact, long Normalized, long NearDuplicate, long Short)
{
    /// <summary>Texts of all three kinds.</summary>
    public long Total => Exact + Normalized + NearDuplicate;
}
