using MedEmbed.Data.Judgments;

namespace MedEmbed.Evaluation.Metrics;

/// <summary>Measures a run query by query into columns, a column a metric.</summary>
/// <remarks>Holds its buffers; not thread-safe.</remarks>
internal sealed class RunScorer
{
    private readonly EvaluationOptions _options;
    private readonly MetricSet _metrics;
    private readonly IReadOnlyList<string> _documentIds;
    private readonly JudgmentIndex _judgments;
    private readonly HitRanker _ranker;
    private readonly double[][] _columns;
    private readonly List<string> _queries = [];
    private readonly List<Confidence> _confidences = [];
    private double[] _scratch = [];
    private int _withoutRelevant, _withoutHits;
    private long _hits, _unjudged, _removed;

    public RunScorer(Qrels qrels, RetrievalRun run, EvaluationOptions options)
    {
        _options = options;
        _metrics = new MetricSet(options.Cutoffs);
        _documentIds = run.DocumentIds;
        _judgments = new JudgmentIndex(qrels, run.DocumentIds);
        _ranker = new HitRanker(run.DocumentIds, _judgments);
        _columns = [.. _metrics.All.Select(_ => new double[run.QueryIds.Count])];
    }

    /// <summary>Measures one query.</summary>
    /// <exception cref="EvaluationException">A score is NaN.</exception>
    public void Add(string query, QueryHits hits, JudgedDocuments judged)
    {
        ReadOnlySpan<int> documents = hits.Documents;
        ReadOnlySpan<double> scores = hits.Scores;
        RejectNaN(query, hits);
        if (_options.IgnoreIdenticalIds && PositionOf(query, documents) is >= 0 and int identical)
        {
            documents = Without(documents, identical);
            scores = Without(scores, identical);
            _removed++;
        }

        _judgments.Load(judged);
        RankedRelevance ranked = _ranker.Rank(documents, scores, _metrics.LastCutoff);
        for (int i = 0; i < _columns.Length; i++)
            _columns[i][_queries.Count] = _metrics.All[i].Score(ranked);
        _queries.Add(query);
        if (_options.WithNauc)
            _confidences.Add(Confidence.Of(scores, Scratch(scores.Length)));

        _hits += documents.Length;
        _unjudged += _ranker.UnjudgedHits;
        _withoutHits += documents.IsEmpty ? 1 : 0;
        _withoutRelevant += ranked.RelevantCount == 0 ? 1 : 0;
    }

    /// <summary>The scores of all queries added, of which there must be one.</summary>
    public RetrievalScores Complete(IReadOnlyList<string> queriesWithoutRun, IReadOnlyList<string> queriesWithoutJudgments)
    {
        for (int i = 0; i < _columns.Length; i++)
            Array.Resize(ref _columns[i], _queries.Count);
        var counts = new EvaluationCounts
        {
            Evaluated = _queries.Count,
            WithoutRelevant = _withoutRelevant,
            WithoutHits = _withoutHits,
            Hits = _hits,
            UnjudgedHits = _unjudged,
            IdenticalIdsRemoved = _removed,
        };
        return new RetrievalScores(_metrics, _queries, _columns, _options.WithNauc ? Nauc() : [])
        {
            QueriesWithoutRun = queriesWithoutRun,
            QueriesWithoutJudgments = queriesWithoutJudgments,
            Counts = counts,
        };
    }

    private static void RejectNaN(string query, QueryHits hits)
    {
        ReadOnlySpan<double> scores = hits.Scores;
        for (int i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i]))
                throw new EvaluationException($"query \"{query}\", document \"{hits[i].DocumentId}\": the score is NaN, which has no rank. Score the document again, or take it out of the run.");
        }
    }

    private static T[] Without<T>(ReadOnlySpan<T> items, int index) => [.. items[..index], .. items[(index + 1)..]];

    private int PositionOf(string id, ReadOnlySpan<int> documents)
    {
        for (int i = 0; i < documents.Length; i++)
        {
            if (_documentIds[documents[i]] == id)
                return i;
        }

        return -1;
    }

    private Span<double> Scratch(int length)
    {
        if (_scratch.Length < length)
            _scratch = new double[length];
        return _scratch;
    }

    private List<KeyValuePair<string, double>> Nauc()
    {
        List<KeyValuePair<string, double>> all = [];
        ConfidenceOrder[] orders =
        [
            new([.. _confidences.Select(static confidence => confidence.Max)]),
            new([.. _confidences.Select(static confidence => confidence.StandardDeviation)]),
            new([.. _confidences.Select(static confidence => confidence.TopDifference)]),
        ];
        Span<double> naucs = stackalloc double[orders.Length];
        for (int i = 0; i < _columns.Length && _metrics.All[i] is not HitRate; i++)
        {
            NormalizedAuc.Of(orders, _columns[i], naucs);
            for (int confidence = 0; confidence < orders.Length; confidence++)
                all.Add(new($"nauc_{_metrics.All[i].Name}_{Confidence.Names[confidence]}", naucs[confidence]));
        }

        return all;
    }
}
