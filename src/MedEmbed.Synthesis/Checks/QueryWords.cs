using System.Collections.Frozen;
using MedEmbed.Synthesis.Grounding;

namespace MedEmbed.Synthesis.Checks;

/// <summary>The distinct words of a query, for comparing it with others.</summary>
internal sealed class QueryWords
{
    private static readonly FrozenSet<string> StopWords = new[]
    {
        "a", "an", "the", "of", "for", "in", "on", "to", "is", "are", "was", "were", "did", "do", "does", "and", "or", "with", "what", "which", "how", "this", "that", "patient", "patient's",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly HashSet<string> _words;

    /// <summary>Words without articles and the like; all words where nothing else is there.</summary>
    public QueryWords(string query)
    {
        string[] all = WordAlignment.WordsOf(FoldedText.Of(query));
        _words = all.Where(static word => !StopWords.Contains(word)).ToHashSet(StringComparer.Ordinal);
        if (_words.Count == 0)
            _words.UnionWith(all);
    }

    /// <summary>The words, for a lookup of candidates.</summary>
    public IReadOnlyCollection<string> Words => _words;

    /// <summary>Jaccard: common words by words in either.</summary>
    public double SimilarityTo(QueryWords other)
    {
        int common = _words.Count(other._words.Contains);
        int all = _words.Count + other._words.Count - common;
        return all == 0 ? 1 : (double)common / all;
    }
}
