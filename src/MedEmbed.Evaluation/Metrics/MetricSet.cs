namespace MedEmbed.Evaluation.Metrics;

/// <summary>MTEB's metrics at the cut-offs of an evaluation, in the order of its result files.</summary>
internal sealed class MetricSet
{
    /// <param name="cutoffs">Ascending cut-offs.</param>
    public MetricSet(IReadOnlyList<int> cutoffs)
    {
        LastCutoff = cutoffs[^1];
        Ndcg = [.. cutoffs.Select(static k => new Ndcg(k))];
        Map = [.. cutoffs.Select(static k => new AveragePrecision(k))];
        Recall = [.. cutoffs.Select(static k => new Recall(k))];
        Precision = [.. cutoffs.Select(static k => new Precision(k))];
        Mrr = [.. cutoffs.Select(static k => new ReciprocalRank(k))];
        HitRate = [.. cutoffs.Select(static k => new HitRate(k))];
        All = [.. Ndcg, .. Map, .. Recall, .. Precision, .. Mrr, .. HitRate];
    }

    public int LastCutoff { get; }

    public IReadOnlyList<IRetrievalMetric> Ndcg { get; }

    public IReadOnlyList<IRetrievalMetric> Map { get; }

    public IReadOnlyList<IRetrievalMetric> Recall { get; }

    public IReadOnlyList<IRetrievalMetric> Precision { get; }

    public IReadOnlyList<IRetrievalMetric> Mrr { get; }

    public IReadOnlyList<IRetrievalMetric> HitRate { get; }

    /// <summary>All of them; a metric's index here is its column in a table of scores.</summary>
    public IReadOnlyList<IRetrievalMetric> All { get; }
}
