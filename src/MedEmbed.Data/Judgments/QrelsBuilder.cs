namespace MedEmbed.Data.Judgments;

/// <summary>Gathers judgments one by one.</summary>
internal sealed class QrelsBuilder
{
    private readonly IdTable _queries = new();
    private readonly IdTable _documents = new();
    private readonly Dictionary<(int Query, int Document), int> _grades = [];
    private long _duplicates;

    public int Count => _grades.Count;

    /// <summary>Adds a judgment; an equal one is counted as a duplicate, one of another grade is refused.</summary>
    public bool TryAdd(ReadOnlySpan<char> queryId, ReadOnlySpan<char> documentId, int grade, out int earlier)
    {
        (int, int) key = (_queries.GetOrAdd(queryId), _documents.GetOrAdd(documentId));
        if (_grades.TryGetValue(key, out earlier))
        {
            _duplicates++;
            return earlier == grade;
        }

        _grades[key] = grade;
        return true;
    }

    public Qrels Build()
    {
        Dictionary<string, JudgedDocuments> byQuery = new(_queries.Count, StringComparer.Ordinal);
        foreach (IGrouping<int, KeyValuePair<(int Query, int Document), int>> query in _grades.GroupBy(judgment => judgment.Key.Query))
        {
            string[] ids = [.. query.Select(judgment => _documents[judgment.Key.Document])];
            int[] grades = [.. query.Select(judgment => judgment.Value)];
            Array.Sort(ids, grades, StringComparer.Ordinal);
            byQuery[_queries[query.Key]] = new JudgedDocuments(ids, grades);
        }

        return new Qrels(_queries.ToArray(), byQuery, _duplicates);
    }
}
