namespace MedEmbed.Data.Judgments;

/// <summary>Relevance judgments: query id to document id to grade.</summary>
/// <remarks>Immutable and thread-safe. An id is one string however often it stands.</remarks>
public sealed class Qrels
{
    private readonly Dictionary<string, JudgedDocuments> _byQuery;

    internal Qrels(string[] queryIds, Dictionary<string, JudgedDocuments> byQuery, long duplicates)
    {
        (QueryIds, _byQuery, DuplicateJudgments) = (queryIds, byQuery, duplicates);
        Count = byQuery.Values.Sum(documents => (long)documents.Count);
    }

    /// <summary>The judged queries in the order of their first judgment.</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>Number of judgments, repeated ones counted once.</summary>
    public long Count { get; }

    /// <summary>Judgments that repeated an earlier one with the same grade; they were left out.</summary>
    public long DuplicateJudgments { get; }

    /// <summary>The judged documents of a query; empty for a query without judgments.</summary>
    public JudgedDocuments this[string queryId] => _byQuery.GetValueOrDefault(queryId);

    /// <summary>Whether the query has judgments.</summary>
    public bool Contains(string queryId) => _byQuery.ContainsKey(queryId);

    /// <summary>Judgments from memory; the order of queries is that of their first judgment.</summary>
    /// <exception cref="ArgumentException">Two judgments of one document for one query differ in grade.</exception>
    public static Qrels Create(IEnumerable<Judgment> judgments)
    {
        ArgumentNullException.ThrowIfNull(judgments);
        QrelsBuilder builder = new();
        foreach (Judgment judgment in judgments)
        {
            if (!builder.TryAdd(judgment.QueryId, judgment.DocumentId, judgment.Grade, out int earlier))
                throw new ArgumentException($"query \"{judgment.QueryId}\" and document \"{judgment.DocumentId}\" are judged {earlier} and {judgment.Grade}.", nameof(judgments));
        }

        return builder.Build();
    }

    /// <summary>All judgments, by query and within it by document id.</summary>
    public IEnumerable<Judgment> Enumerate()
    {
        foreach (string queryId in QueryIds)
        {
            JudgedDocuments documents = _byQuery[queryId];
            for (int i = 0; i < documents.Count; i++)
                yield return new Judgment(queryId, documents.DocumentIds[i], documents.Grades[i]);
        }
    }

    /// <summary>Judged ids that are in neither set: a sign of qrels that belong to another corpus, though some benchmarks have a few by design.</summary>
    public UnknownIds FindUnknownIds(IReadOnlySet<string> queryIds, IReadOnlySet<string> documentIds)
    {
        ArgumentNullException.ThrowIfNull(queryIds);
        ArgumentNullException.ThrowIfNull(documentIds);
        List<string> queries = [.. QueryIds.Where(id => !queryIds.Contains(id))];
        List<string> documents = [.. Enumerate().Select(judgment => judgment.DocumentId).Where(id => !documentIds.Contains(id)).Distinct(StringComparer.Ordinal)];
        return new UnknownIds(queries, documents);
    }
}
