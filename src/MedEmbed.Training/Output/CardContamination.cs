using MedEmbed.Data.Contamination;

namespace MedEmbed.Training.Output;

/// <summary>What the comparison of training texts with benchmarks found.</summary>
/// <param name="Benchmarks">Names of the benchmarks compared with.</param>
/// <param name="Texts">Distinct training texts compared.</param>
/// <param name="Triplets">Triplets whose query or positive overlaps with a benchmark.</param>
/// <param name="Negatives">Negatives of other triplets that overlap.</param>
/// <param name="NearDuplicates">Whether near-duplicates count, beside equal texts (exact and normalised).</param>
/// <param name="LeftOut">Whether what overlaps was left out of training.</param>
public sealed record CardContamination(IReadOnlyList<string> Benchmarks, long Texts, long Triplets, long Negatives, bool NearDuplicates, bool LeftOut)
{
    /// <summary>What the card says of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="leftOut">Whether what overlaps was left out of training.</param>
    public static CardContamination Of(ContaminationReport report, bool leftOut)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new CardContamination(
            [.. report.Benchmarks.Select(benchmark => benchmark.Name)], report.DistinctTexts, report.ContaminatedTriplets, report.ContaminatedNegatives, report.Options.NearDuplicates is not null, leftOut);
    }
}
