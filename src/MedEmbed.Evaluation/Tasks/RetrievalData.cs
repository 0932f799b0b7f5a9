using System.Globalization;
using MedEmbed.Data.Judgments;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Evaluation.Tasks;

/// <summary>A split of a task in memory: documents, the queries that have judgments, and the judgments.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RetrievalData
{
    /// <summary>Puts a split together.</summary>
    /// <param name="documents">Id and text of every document; ids are unique.</param>
    /// <param name="queries">Id and text of every query; those without judgments are left out.</param>
    /// <param name="qrels">The judgments.</param>
    /// <param name="candidates">For each query, by id, the documents that are ranked for it, as positions; null ranks all documents for every query.</param>
    /// <exception cref="EvaluationException">No judged query has a text.</exception>
    public RetrievalData(
        IReadOnlyCollection<(string Id, string Text)> documents, IReadOnlyCollection<(string Id, string Text)> queries, Qrels qrels, IReadOnlyDictionary<string, int[]>? candidates = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(qrels);
        Qrels = qrels;
        DocumentIds = [.. documents.Select(document => document.Id)];
        Documents = DistinctTexts.Of(documents.Select(document => document.Text));
        (string Id, string Text)[] judged = [.. queries.Where(query => qrels.Contains(query.Id))];
        QueriesWithoutJudgments = queries.Count - judged.Length;
        QueryIds = [.. judged.Select(query => query.Id)];
        Queries = DistinctTexts.Of(judged.Select(query => query.Text));
        Candidates = candidates is null ? null : [.. QueryIds.Select(id => candidates[id])];
        UnknownIds = qrels.FindUnknownIds(queries.Select(query => query.Id).ToHashSet(StringComparer.Ordinal), DocumentIds.ToHashSet(StringComparer.Ordinal));
        if (QueryIds.Count == 0)
            throw new EvaluationException($"none of the {qrels.QueryIds.Count} judged queries is among the {queries.Count} queries; do qrels and queries belong together?");
        if (DocumentIds.Count == 0)
            throw new EvaluationException("the corpus holds no document; there is nothing to rank.");
        Hash = HashOf(documents, judged, qrels);
    }

    /// <summary>The documents' ids, in the corpus's order.</summary>
    public IReadOnlyList<string> DocumentIds { get; }

    /// <summary>What is encoded of the documents: title, a space, text.</summary>
    public DistinctTexts Documents { get; }

    /// <summary>Ids of the queries that have judgments, in the file's order. Only these are run.</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>The queries' texts.</summary>
    public DistinctTexts Queries { get; }

    /// <summary>For each query the positions of the documents that are ranked for it; null where all are.</summary>
    public IReadOnlyList<int[]>? Candidates { get; }

    /// <summary>The judgments.</summary>
    public Qrels Qrels { get; }

    /// <summary>Judged ids that the data does not hold.</summary>
    public UnknownIds UnknownIds { get; }

    /// <summary>Queries of the data that have no judgments in the split, and so are not run: those of its other splits, or an oversight.</summary>
    public int QueriesWithoutJudgments { get; }

    /// <summary>SHA-256, in hex, over documents, judged queries and judgments: the content, not the files' form.</summary>
    public string Hash { get; }

    private static string HashOf(IEnumerable<(string Id, string Text)> documents, IEnumerable<(string Id, string Text)> queries, Qrels qrels)
    {
        using var hash = new OutputFingerprint();
        hash.Add("data", "1");
        foreach ((string id, string text) in documents)
            hash.Add("d", id).Add("t", text);
        foreach ((string id, string text) in queries)
            hash.Add("q", id).Add("t", text);
        foreach (Judgment judgment in qrels.Enumerate().OrderBy(judgment => judgment.QueryId, StringComparer.Ordinal))
            hash.Add("q", judgment.QueryId).Add("d", judgment.DocumentId).Add("g", judgment.Grade.ToString(CultureInfo.InvariantCulture));
        return hash.ToString();
    }
}
