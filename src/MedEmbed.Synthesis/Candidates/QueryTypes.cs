using System.Collections.Frozen;

namespace MedEmbed.Synthesis.Candidates;

/// <summary>The kinds of queries that a completion may have.</summary>
public static class QueryTypes
{
    /// <summary>All of them: search words, questions and instructions in clinical wording, what laypeople ask, and short forms that stand for a whole text.</summary>
    public static IReadOnlyList<string> All { get; } = ["keyword", "natural_language", "procedure", "lay", "question", "topic", "headline", "claim"];

    private static readonly FrozenSet<string> Known = All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The type that <paramref name="given"/> names, whatever its case and separators (<c>Natural Language</c>); null where there is none.</summary>
    public static string? Find(string given)
    {
        ArgumentNullException.ThrowIfNull(given);
        string name = given.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        return Known.Contains(name) ? name : null;
    }
}
