using System.Collections.Frozen;
using System.Text.Json;

namespace MedEmbed.Evaluation.Metrics;

/// <summary>The scores of one run: every metric of every query, their means, and the nAUCs.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RetrievalScores
{
    private readonly MetricSet _metrics;
    private readonly double[][] _columns;
    private readonly double[] _means;
    private readonly List<KeyValuePair<string, double>> _nauc;
    private readonly FrozenDictionary<string, int> _columnOf;

    internal RetrievalScores(MetricSet metrics, IReadOnlyList<string> queries, double[][] columns, List<KeyValuePair<string, double>> nauc)
    {
        _metrics = metrics;
        _columns = columns;
        _nauc = nauc;
        Queries = queries;
        MetricNames = [.. metrics.All.Select(static metric => metric.Name)];
        _columnOf = MetricNames.Index().ToFrozenDictionary(static named => named.Item, static named => named.Index);
        _means = [.. columns.Select(static column => CompensatedSum.Of(column) / column.Length)];
    }

    /// <summary>Ids of the evaluated queries, in the run's order.</summary>
    public IReadOnlyList<string> Queries { get; }

    /// <summary>MTEB's keys of the metrics that each query has: <c>ndcg_at_1</c>, … <c>hit_rate_at_1000</c>.</summary>
    public IReadOnlyList<string> MetricNames { get; }

    /// <summary>Judged queries that the run leaves out. They are not in the means, as in trec_eval.</summary>
    public required IReadOnlyList<string> QueriesWithoutRun { get; init; }

    /// <summary>Queries of the run that have no judgments. They are not in the means.</summary>
    public required IReadOnlyList<string> QueriesWithoutJudgments { get; init; }

    /// <summary>What was evaluated, and what was left out.</summary>
    public required EvaluationCounts Counts { get; init; }

    /// <summary>A metric's mean over the evaluated queries, unrounded.</summary>
    /// <exception cref="KeyNotFoundException">The metric is not one of <see cref="MetricNames"/>.</exception>
    public double Mean(string metric) => _means[ColumnOf(metric)];

    /// <summary>A metric of every query, in the order of <see cref="Queries"/>.</summary>
    /// <exception cref="KeyNotFoundException">The metric is not one of <see cref="MetricNames"/>.</exception>
    public ReadOnlySpan<double> PerQuery(string metric) => _columns[ColumnOf(metric)];

    /// <summary>A metric of every query, by query id.</summary>
    /// <exception cref="KeyNotFoundException">The metric is not one of <see cref="MetricNames"/>.</exception>
    public IReadOnlyDictionary<string, double> ByQuery(string metric) =>
        Queries.Zip(_columns[ColumnOf(metric)]).ToDictionary(static scored => scored.First, static scored => scored.Second, StringComparer.Ordinal);

    /// <summary>The scores as MTEB's result files hold them: its keys in its order, means rounded to five decimals except those of MRR, <c>accuracy</c> (recall at 1), and nAUCs, NaN where undefined.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> ToMteb()
    {
        List<KeyValuePair<string, double>> scores = [.. Rounded(_metrics.Ndcg), .. Rounded(_metrics.Map), .. Rounded(_metrics.Recall)];
        if (_columnOf.TryGetValue("recall_at_1", out int recallAt1))
            scores.Add(new("accuracy", FiveDecimals.Round(_means[recallAt1])));
        scores.AddRange(Rounded(_metrics.Precision));
        scores.AddRange(_metrics.Mrr.Select(metric => KeyValuePair.Create(metric.Name, Mean(metric.Name))));
        scores.AddRange(_nauc);
        scores.AddRange(Rounded(_metrics.HitRate));
        return scores;
    }

    /// <summary>Writes <see cref="ToMteb"/> as a JSON object; NaN is null.</summary>
    public void WriteMteb(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        foreach ((string key, double value) in ToMteb())
        {
            if (double.IsNaN(value))
                writer.WriteNull(key);
            else
                writer.WriteNumber(key, value);
        }

        writer.WriteEndObject();
    }

    private IEnumerable<KeyValuePair<string, double>> Rounded(IReadOnlyList<IRetrievalMetric> metrics) =>
        metrics.Select(metric => KeyValuePair.Create(metric.Name, FiveDecimals.Round(Mean(metric.Name))));

    private int ColumnOf(string metric) =>
        _columnOf.TryGetValue(metric, out int column)
            ? column
            : throw new KeyNotFoundException($"Metric \"{metric}\" was not computed; there are {string.Join(", ", MetricNames)}.");
}
