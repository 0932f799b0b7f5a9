namespace MedEmbed.Data.Judgments;

/// <summary>Gathers one <see cref="RetrievalRun"/> hit by hit. Not thread-safe.</summary>
public sealed class RetrievalRunBuilder
{
    private readonly IdTable _queries = new();
    private readonly IdTable _documents = new();
    private readonly List<(List<int> Documents, List<double> Scores)> _hits = [];
    private int _last = -1;
    private bool _built;

    /// <summary>Adds a query, which may stay without hits; nothing happens where it is there already.</summary>
    /// <exception cref="InvalidOperationException">The run was built already.</exception>
    public void AddQuery(ReadOnlySpan<char> queryId)
    {
        RequireUnbuilt();
        _last = QueryNumber(queryId);
    }

    /// <summary>Adds a hit behind those the query has.</summary>
    /// <exception cref="InvalidOperationException">The run was built already.</exception>
    public void Add(ReadOnlySpan<char> queryId, ReadOnlySpan<char> documentId, double score)
    {
        AddQuery(queryId);
        _hits[_last].Documents.Add(_documents.GetOrAdd(documentId));
        _hits[_last].Scores.Add(score);
    }

    /// <summary>Hands the run over; the builder is empty and spent afterwards, so that the hits are in memory once.</summary>
    /// <exception cref="InvalidOperationException">A document stands twice for one query, or the run was built already.</exception>
    public RetrievalRun Build()
    {
        RequireUnbuilt();
        _built = true;
        string[] documentIds = _documents.ToArray();
        Dictionary<string, QueryHits> byQuery = new(_queries.Count, StringComparer.Ordinal);
        for (int query = 0; query < _queries.Count; query++)
        {
            int[] documents = [.. _hits[query].Documents];
            RequireDistinct(documents, _queries[query]);
            byQuery[_queries[query]] = new QueryHits(documentIds, documents, [.. _hits[query].Scores]);
            _hits[query] = ([], []);
        }

        return new RetrievalRun(_queries.ToArray(), documentIds, byQuery);
    }

    private void RequireUnbuilt()
    {
        if (_built)
            throw new InvalidOperationException("the run was built already; a builder makes one run");
    }

    private int QueryNumber(ReadOnlySpan<char> queryId)
    {
        if (_last >= 0 && queryId.SequenceEqual(_queries[_last]))
            return _last;
        int number = _queries.GetOrAdd(queryId);
        if (number == _hits.Count)
            _hits.Add(([], []));
        return number;
    }

    private void RequireDistinct(int[] documents, string queryId)
    {
        int[] sorted = [.. documents];
        Array.Sort(sorted);
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
                throw new InvalidOperationException($"query \"{queryId}\" has document \"{_documents[sorted[i]]}\" twice; a run names a document once a query. Remove one of the two.");
        }
    }
}
