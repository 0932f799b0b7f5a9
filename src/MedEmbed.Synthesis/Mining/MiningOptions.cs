namespace MedEmbed.Synthesis.Mining;

/// <summary>How negatives are mined. Immutable; each value is checked when it is set.</summary>
public sealed record MiningOptions
{
    /// <summary>The sources of candidates, which take turns in this order. Default: BM25 and dense.</summary>
    /// <exception cref="ArgumentException">There is none, or one twice.</exception>
    public IReadOnlyList<CandidateSource> Sources
    {
        get;
        init => field = value.Count > 0 && value.DistinctBy(source => source.Kind).Count() == value.Count
            ? value
            : throw new ArgumentException("There must be at least one source of candidates, each once.", nameof(Sources));
    } = [new(CandidateKind.Bm25), new(CandidateKind.Dense)];

    /// <summary>The model of the dense source, whose scores the margins are taken from; null where there is no dense source.</summary>
    public MiningModel? Model { get; init; }

    /// <summary>Who scores for the output; empty: <see cref="Model"/>, or BM25 without it. One teacher's scores stand as they are; of several, each is brought to mean 0 and deviation 1
    /// over a query's positive and candidates, and the weighted mean is taken.</summary>
    public IReadOnlyList<Teacher> Teachers { get; init; } = [];

    /// <summary>Negatives a triplet may have. Default 7.</summary>
    public int Negatives { get; init => field = AtLeast(value, 1, nameof(Negatives)); } = 7;

    /// <summary>Pairs with fewer negatives are left out. Default 0: none is.</summary>
    public int MinNegatives { get; init => field = AtLeast(value, 0, nameof(MinNegatives)); }

    /// <summary>First ranks of a ranking (BM25, dense) that are passed over, positives counted. Default 0.</summary>
    public int SkipRanks { get; init => field = AtLeast(value, 0, nameof(SkipRanks)); }

    /// <summary>Ranks of a ranking down to which candidates are taken; also how many of its group a query gets at most. Default 100.</summary>
    public int Depth { get; init => field = AtLeast(value, 1, nameof(Depth)); } = 100;

    /// <summary>Whether passages of the positive's own group are no negatives: where a group says one thing in several ways, as the names and definition of a term do. Default false.</summary>
    public bool ExcludeGroup { get; init; }

    /// <summary>How far below the positive's score a negative's must lie; null: no such rule.</summary>
    public double? Margin { get; init => field = Finite(value, nameof(Margin)); }

    /// <summary>The share of the positive's score that a negative's may reach (NV-Retriever, Moreira et al. 2024, "TopK-PercPos"): s⁻ ≤ s⁺ − (1 − share) · |s⁺|. Default 0.95; null: no such rule.</summary>
    public double? RelativeMargin { get; init => field = Finite(value, nameof(RelativeMargin)); } = 0.95;

    /// <summary>The score that a negative may have at most; null: no such rule.</summary>
    public double? MaxScore { get; init => field = Finite(value, nameof(MaxScore)); }

    /// <summary>Which of the candidates that pass are taken. Default: the top ones.</summary>
    public NegativeSelection Selection { get; init; }

    /// <summary>A second model: candidates that it scores above <see cref="FalseNegativeShare"/> of the positive are taken for false negatives and dropped; null: none.</summary>
    public MiningModel? FalseNegativeModel { get; init; }

    /// <summary>The share of the positive's score by the second model that a negative may reach. Default 0.95.</summary>
    public double FalseNegativeShare { get; init => field = Finite(value, nameof(FalseNegativeShare))!.Value; } = 0.95;

    /// <summary>Decides draws and the split. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Share of the groups that go to the development file, from 0 to below 1. Default 0: no such file.</summary>
    public double DevShare
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(DevShare), value, "The development share must be from 0 to below 1.");
    }

    /// <summary>Folder whose benchmarks every text is compared with; null: no comparison.</summary>
    public string? Benchmarks { get; init; }

    /// <summary>Whether triplets whose query or positive overlaps with a benchmark, and negatives that do, are left out.</summary>
    public bool DropContaminated { get; init; }

    /// <summary>Whether faulty lines of pairs and corpus are left out and counted instead of ending the run.</summary>
    public bool SkipBadLines { get; init; }

    /// <summary>Whether finished outputs are replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether the report's examples hold texts. Default false: ids alone.</summary>
    public bool LogText { get; init; }

    /// <summary>Where vectors, the BM25 index and mined lines are kept until the end; a folder named here stays for further runs. Null: <c>OUTPUT.work</c>, which goes.</summary>
    public string? WorkFolder { get; init; }

    internal bool Uses(CandidateKind kind) => Sources.Any(source => source.Kind == kind);

    internal IReadOnlyList<Teacher> EffectiveTeachers => Teachers.Count > 0 ? Teachers : [new Teacher(Model)];

    /// <exception cref="ArgumentException">The values contradict each other.</exception>
    internal void Validate()
    {
        if (Uses(CandidateKind.Dense) && Model is null)
            throw new ArgumentException("The dense source needs a model.", nameof(Model));
        if (SkipRanks >= Depth)
            throw new ArgumentException($"The ranks passed over ({SkipRanks}) must be fewer than the depth ({Depth}).", nameof(SkipRanks));
        if (ExcludeGroup && Uses(CandidateKind.InGroup))
            throw new ArgumentException("Passages of the group cannot be a source of negatives and be kept out.", nameof(ExcludeGroup));
        if (MinNegatives > Negatives)
            throw new ArgumentException($"At least {MinNegatives} negatives cannot be asked for where at most {Negatives} are taken.", nameof(MinNegatives));
        if (DropContaminated && Benchmarks is null)
            throw new ArgumentException("Dropping contaminated texts needs the folder of the benchmarks.", nameof(DropContaminated));
    }

    private static int AtLeast(int value, int minimum, string name) =>
        value >= minimum ? value : throw new ArgumentOutOfRangeException(name, value, $"Must be at least {minimum}.");

    private static double? Finite(double? value, string name) =>
        value is null || double.IsFinite(value.Value) ? value : throw new ArgumentOutOfRangeException(name, value, "Must be a finite number.");
}
