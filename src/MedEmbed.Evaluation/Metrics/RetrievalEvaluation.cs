using System.Runtime.InteropServices;

namespace MedEmbed.Evaluation.Metrics;

/// <summary>Scores rankings query by query and sums them up: the metrics, apart from how runs and judgments are stored.</summary>
/// <remarks>
/// Equal to trec_eval and MTEB 2.26: hits are ranked by score, ties by document id descending in UTF-8 bytes, whatever order they are given in; documents with a grade above 0 are relevant; a query without relevant documents counts with 0.
/// Holds its buffers and grows with the queries; not thread-safe.
/// </remarks>
public sealed class RetrievalEvaluation
{
    private readonly EvaluationOptions _options;
    private readonly MetricSet _metrics;
    private readonly List<string> _queries = [];
    private readonly List<double>[] _columns;
    private readonly List<Confidence> _confidences = [];
    private readonly HitRanker _ranker = new();
    private readonly List<GradedPosition> _relevant = [];
    private readonly List<int> _idealGrades = [];
    private double[] _scratch = [];
    private int _withoutRelevant, _withoutHits;
    private long _hits, _unjudged, _removed;

    /// <summary>Starts an evaluation of no queries yet.</summary>
    public RetrievalEvaluation(EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _metrics = new MetricSet(options.Cutoffs);
        _columns = [.. _metrics.All.Select(static _ => new List<double>())];
    }

    /// <summary>Scores one query's ranking.</summary>
    /// <param name="query">The query's id, new to this evaluation.</param>
    /// <param name="documents">Ids of the hits, distinct, in any order.</param>
    /// <param name="scores">Their scores, higher is better; infinite ones are allowed.</param>
    /// <param name="grades">The query's judgments: document id to grade, where above 0 is relevant.</param>
    /// <exception cref="EvaluationException">A score is NaN.</exception>
    /// <exception cref="ArgumentException"><paramref name="documents"/> and <paramref name="scores"/> differ in length.</exception>
    public void Add(string query, ReadOnlySpan<string> documents, ReadOnlySpan<double> scores, Dictionary<string, int> grades)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(grades);
        if (documents.Length != scores.Length)
            throw new ArgumentException($"Query \"{query}\" has {documents.Length} documents and {scores.Length} scores; every hit needs both.", nameof(scores));
        RejectNaN(query, documents, scores);
        if (_options.IgnoreIdenticalIds && documents.IndexOf(query) is >= 0 and int identical)
        {
            documents = Without(documents, identical);
            scores = Without(scores, identical);
            _removed++;
        }

        FindRelevant(documents, grades);
        Measure(documents, scores);
        _queries.Add(query);
        _hits += documents.Length;
        _withoutHits += documents.IsEmpty ? 1 : 0;
    }

    /// <summary>The scores of all queries added so far.</summary>
    /// <param name="queriesWithoutRun">Judged queries that the run leaves out, for the report.</param>
    /// <param name="queriesWithoutJudgments">Queries of the run that nobody judged, for the report.</param>
    /// <exception cref="EvaluationException">No query was added, so there is nothing to take a mean over.</exception>
    public RetrievalScores Complete(IReadOnlyList<string> queriesWithoutRun, IReadOnlyList<string> queriesWithoutJudgments)
    {
        if (_queries.Count == 0)
        {
            throw new EvaluationException(
                $"The run and the judgments share no query ({queriesWithoutJudgments.Count} only in the run, {queriesWithoutRun.Count} only judged); there is nothing to score. Check that both come from the same split.");
        }

        double[][] columns = [.. _columns.Select(static column => column.ToArray())];
        return new RetrievalScores(_metrics, [.. _queries], columns, Nauc(columns))
        {
            QueriesWithoutRun = queriesWithoutRun,
            QueriesWithoutJudgments = queriesWithoutJudgments,
            Counts = new EvaluationCounts
            {
                Evaluated = _queries.Count,
                WithoutRelevant = _withoutRelevant,
                WithoutHits = _withoutHits,
                Hits = _hits,
                UnjudgedHits = _unjudged,
                IdenticalIdsRemoved = _removed,
            },
        };
    }

    private static T[] Without<T>(ReadOnlySpan<T> items, int index) => [.. items[..index], .. items[(index + 1)..]];

    private static void RejectNaN(string query, ReadOnlySpan<string> documents, ReadOnlySpan<double> scores)
    {
        int position = scores.IndexOf(double.NaN);
        if (position >= 0)
            throw new EvaluationException($"Query \"{query}\", document \"{documents[position]}\": the score is NaN, which has no rank. Score the document again, or leave it out of the run.");
    }

    private void FindRelevant(ReadOnlySpan<string> documents, Dictionary<string, int> grades)
    {
        _relevant.Clear();
        for (int i = 0; i < documents.Length; i++)
        {
            if (!grades.TryGetValue(documents[i], out int grade))
                _unjudged++;
            else if (grade > 0)
                _relevant.Add(new GradedPosition(i, grade));
        }

        _idealGrades.Clear();
        foreach (int grade in grades.Values)
        {
            if (grade > 0)
                _idealGrades.Add(grade);
        }

        CollectionsMarshal.AsSpan(_idealGrades).Sort(static (left, right) => right.CompareTo(left));
        _withoutRelevant += _idealGrades.Count == 0 ? 1 : 0;
    }

    private void Measure(ReadOnlySpan<string> documents, ReadOnlySpan<double> scores)
    {
        Span<GradedPosition> relevant = CollectionsMarshal.AsSpan(_relevant);
        int firstRank = HitRanker.FirstRank(documents, scores, relevant);
        var ranked = new RankedRelevance(
            _ranker.Rank(documents, scores, relevant, _metrics.LastCutoff), CollectionsMarshal.AsSpan(_idealGrades), firstRank);
        for (int i = 0; i < _columns.Length; i++)
            _columns[i].Add(_metrics.All[i].Score(ranked));

        if (_scratch.Length < scores.Length)
            _scratch = new double[scores.Length];
        if (_options.WithNauc)
            _confidences.Add(Confidence.Of(scores, _scratch));
    }

    private List<KeyValuePair<string, double>> Nauc(double[][] columns)
    {
        List<KeyValuePair<string, double>> all = [];
        if (!_options.WithNauc)
            return all;
        ConfidenceOrder[] orders =
        [
            new([.. _confidences.Select(static confidence => confidence.Max)]),
            new([.. _confidences.Select(static confidence => confidence.StandardDeviation)]),
            new([.. _confidences.Select(static confidence => confidence.TopDifference)]),
        ];
        Span<double> naucs = stackalloc double[orders.Length];
        for (int i = 0; i < columns.Length && _metrics.All[i] is not HitRate; i++)
        {
            NormalizedAuc.Of(orders, columns[i], naucs);
            all.Add(new(MetricName.Nauc(_metrics.All[i].Name, "max"), naucs[0]));
            all.Add(new(MetricName.Nauc(_metrics.All[i].Name, "std"), naucs[1]));
            all.Add(new(MetricName.Nauc(_metrics.All[i].Name, "diff1"), naucs[2]));
        }

        return all;
    }
}
