namespace MedEmbed.Data.Judgments;

/// <summary>What a system found: query id to documents with scores.</summary>
/// <remarks>Immutable and thread-safe. A hit takes 12 bytes; every distinct document id is kept once, so 10,000 queries with 1,000 hits take about 120 MB.</remarks>
public sealed class RetrievalRun
{
    private readonly Dictionary<string, QueryHits> _byQuery;

    internal RetrievalRun(string[] queryIds, string[] documentIds, Dictionary<string, QueryHits> byQuery)
    {
        (QueryIds, DocumentIds, _byQuery) = (queryIds, documentIds, byQuery);
        HitCount = byQuery.Values.Sum(hits => (long)hits.Count);
    }

    /// <summary>The queries in the order they were added, those without hits among them.</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>The distinct documents of all hits; <see cref="QueryHits.Documents"/> are positions in it.</summary>
    public IReadOnlyList<string> DocumentIds { get; }

    /// <summary>Hits of all queries together.</summary>
    public long HitCount { get; }

    /// <summary>The hits of a query; none for a query that is not in the run.</summary>
    public QueryHits this[string queryId] => _byQuery.GetValueOrDefault(queryId);

    /// <summary>Whether the query is in the run, with hits or without.</summary>
    public bool Contains(string queryId) => _byQuery.ContainsKey(queryId);
}
