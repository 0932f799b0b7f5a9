namespace MedEmbed.Synthesis.Generation;

/// <summary>What became of the notes; stands in <c>report.json</c>. Without times and places: the same notes and answers give the same report.</summary>
public sealed class GenerationReport
{
    /// <summary>Notes asked about.</summary>
    public long Notes { get; internal set; }

    /// <summary>Their parts.</summary>
    public long Parts { get; internal set; }

    /// <summary>Parts that ended without an answer.</summary>
    public long PartsWithoutAnswer { get; internal set; }

    /// <summary>Candidates in answers.</summary>
    public long Candidates { get; internal set; }

    /// <summary>Pairs written.</summary>
    public long Pairs { get; internal set; }

    /// <summary>Candidates rejected, by reason.</summary>
    public SortedDictionary<string, long> Rejected { get; } = new(StringComparer.Ordinal);

    /// <summary>What was wrong with answers, or mended in them, by kind.</summary>
    public SortedDictionary<string, long> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>Pairs by type of query.</summary>
    public SortedDictionary<string, long> ByType { get; } = new(StringComparer.Ordinal);

    /// <summary>Candidates that reached the grounding check, by outcome.</summary>
    public SortedDictionary<string, long> Grounding { get; } = new(StringComparer.Ordinal);

    internal static void Count(SortedDictionary<string, long> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;
}
