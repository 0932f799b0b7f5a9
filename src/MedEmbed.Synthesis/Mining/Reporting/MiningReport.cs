namespace MedEmbed.Synthesis.Mining.Reporting;

/// <summary>What a run did; stands in the report file. Without times and places: the same input and settings give the same report.</summary>
public sealed class MiningReport
{
    /// <summary>Pairs read.</summary>
    public long Pairs { get; internal set; }

    /// <summary>Pairs left out because an earlier one has the same query and positive.</summary>
    public long RepeatedPairs { get; internal set; }

    /// <summary>Distinct passages that negatives may be taken from.</summary>
    public long Passages { get; internal set; }

    /// <summary>Documents of the corpus left out because they repeat an earlier one.</summary>
    public long RepeatedDocuments { get; internal set; }

    /// <summary>Documents of the corpus left out because they have no text.</summary>
    public long EmptyDocuments { get; internal set; }

    /// <summary>Distinct positives that the corpus lacks.</summary>
    public long PositivesOutsideCorpus { get; internal set; }

    /// <summary>Faulty lines left out.</summary>
    public long BadLines { get; internal set; }

    /// <summary>What was wrong with the first ones.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<string> BadLineReasons { get; internal set; } = [];

    /// <summary>Triplets written, those of the development file among them.</summary>
    public long Triplets { get; internal set; }

    /// <summary>Triplets of the development file.</summary>
    public long DevTriplets { get; internal set; }

    /// <summary>Triplets that have no negative.</summary>
    public long WithoutNegatives { get; internal set; }

    /// <summary>Pairs left out because they have too few negatives.</summary>
    public long TooFewNegatives { get; internal set; }

    /// <summary>Pairs left out because query or positive overlaps with a benchmark.</summary>
    public long Contaminated { get; internal set; }

    /// <summary>Distinct candidates of all queries.</summary>
    public long Candidates { get; internal set; }

    /// <summary>Candidates by source; one that two sources give counts for both.</summary>
    public SortedDictionary<string, long> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>Candidates dropped, by reason.</summary>
    public SortedDictionary<string, long> Dropped { get; } = new(StringComparer.Ordinal);

    /// <summary>Negatives by the source that gave them.</summary>
    public SortedDictionary<string, long> Negatives { get; } = new(StringComparer.Ordinal);

    /// <summary>The scores in the output, of positives.</summary>
    public ScoreDistribution? PositiveScores { get; internal set; }

    /// <summary>The scores in the output, of negatives.</summary>
    public ScoreDistribution? NegativeScores { get; internal set; }

    /// <summary>How far negatives lie below their positives, as margins are measured.</summary>
    public ScoreDistribution? Margins { get; internal set; }

    /// <summary>The negatives nearest to their positives, nearest first.</summary>
    public IReadOnlyList<MiningExample> Nearest { get; internal set; } = [];

    internal static void Add(SortedDictionary<string, long> counts, string name, long count = 1) => counts[name] = counts.GetValueOrDefault(name) + count;
}
