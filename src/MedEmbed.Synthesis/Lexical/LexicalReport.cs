using MedEmbed.Synthesis.Generation;

namespace MedEmbed.Synthesis.Lexical;

/// <summary>What became of the terms; stands in <c>report.json</c>. The same files and options give the same report.</summary>
public sealed class LexicalReport
{
    private readonly List<string> _badLineReasons = [];

    /// <summary>Terms by file.</summary>
    public SortedDictionary<string, long> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Terms read; an abbreviation with one of its expansions is a term.</summary>
    public long Terms { get; internal set; }

    /// <summary>Candidates: the pairs and those rejected.</summary>
    public long Candidates { get; internal set; }

    /// <summary>Pairs written.</summary>
    public long Pairs { get; internal set; }

    /// <summary>Candidates rejected, by reason.</summary>
    public SortedDictionary<string, long> Rejected { get; } = new(StringComparer.Ordinal);

    /// <summary>Pairs by kind.</summary>
    public SortedDictionary<string, long> ByType { get; } = new(StringComparer.Ordinal);

    /// <summary>Pairs by source.</summary>
    public SortedDictionary<string, long> BySource { get; } = new(StringComparer.Ordinal);

    /// <summary>Faulty lines left out.</summary>
    public long BadLines { get; private set; }

    /// <summary>What was wrong with the first ones.</summary>
    public IReadOnlyList<string> BadLineReasons => _badLineReasons;

    internal void AddBadLine(string reason)
    {
        BadLines++;
        if (_badLineReasons.Count < MedEmbed.Data.Reading.BadLines.KeptReasons)
            _badLineReasons.Add(reason);
    }

    internal void CountPair(string type, string source)
    {
        Pairs++;
        GenerationReport.Count(ByType, type);
        GenerationReport.Count(BySource, source);
    }
}
