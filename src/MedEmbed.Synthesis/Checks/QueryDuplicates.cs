namespace MedEmbed.Synthesis.Checks;

/// <summary>Remembers queries and finds the one that a new query nearly repeats.</summary>
/// <remarks>Exact: a query whose similarity reaches the limit shares a word with the other, and the rarest words are looked up first. Not thread-safe.</remarks>
internal sealed class QueryDuplicates(double similarity)
{
    private readonly Dictionary<string, List<int>> _byWord = new(StringComparer.Ordinal);
    private readonly List<(string Query, QueryWords Words)> _queries = [];

    /// <summary>The earlier query that <paramref name="query"/> repeats; null, and <paramref name="query"/> is remembered, where there is none.</summary>
    public string? AddOrFind(string query)
    {
        var words = new QueryWords(query);
        string[] rarestFirst = [.. words.Words.OrderBy(word => _byWord.TryGetValue(word, out List<int>? holders) ? holders.Count : 0).ThenBy(static word => word, StringComparer.Ordinal)];

        // Two sets with Jaccard s share at least s of the words of each, so one of any (1 - s) n + 1 words of this one is shared.
        int prefix = Math.Min(rarestFirst.Length, (int)Math.Floor((1 - similarity) * rarestFirst.Length + 1e-9) + 1);
        foreach (string word in rarestFirst.AsSpan(0, prefix))
        {
            foreach (int earlier in _byWord.GetValueOrDefault(word, []))
            {
                if (words.SimilarityTo(_queries[earlier].Words) >= similarity)
                    return _queries[earlier].Query;
            }
        }

        foreach (string word in words.Words)
        {
            if (!_byWord.TryGetValue(word, out List<int>? holders))
                _byWord[word] = holders = [];
            holders.Add(_queries.Count);
        }

        _queries.Add((query, words));
        return null;
    }
}
