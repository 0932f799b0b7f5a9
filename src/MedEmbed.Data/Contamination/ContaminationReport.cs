namespace MedEmbed.Data.Contamination;

/// <summary>What the comparison of training data with benchmarks found. Serialised by <see cref="ContaminationJson"/>.</summary>
public sealed record ContaminationReport
{
    /// <summary>The benchmarks compared with.</summary>
    public required IReadOnlyList<Benchmark> Benchmarks { get; init; }

    /// <summary>What counted as contamination.</summary>
    public required ContaminationOptions Options { get; init; }

    /// <summary>Triplets examined.</summary>
    public required long Triplets { get; init; }

    /// <summary>Distinct training texts examined.</summary>
    public required long DistinctTexts { get; init; }

    /// <summary>Triplets whose query or positive overlaps with a benchmark.</summary>
    public required long ContaminatedTriplets { get; init; }

    /// <summary>Negatives that overlap, of triplets whose query and positives do not; each as often as it stands.</summary>
    public required long ContaminatedNegatives { get; init; }

    /// <summary>A count for every benchmark, kind of its text and role in training that has any overlap; benchmarks that do not stand here have none.</summary>
    public required IReadOnlyList<OverlapCount> Overlaps { get; init; }

    /// <summary>The first overlaps of each count and kind.</summary>
    public required IReadOnlyList<OverlapExample> Examples { get; init; }
}
