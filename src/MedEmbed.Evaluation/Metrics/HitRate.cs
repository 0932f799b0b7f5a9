namespace MedEmbed.Evaluation.Metrics;

/// <summary>Whether at least one relevant document stands within the cut-off.</summary>
/// <remarks><c>hit@k = 1</c> where found@k > 0, else 0, as trec_eval's <c>success</c>.</remarks>
/// <param name="cutoff">How many ranks count.</param>
public sealed class HitRate(int cutoff) : IRetrievalMetric
{
    /// <inheritdoc/>
    public string Name { get; } = MetricName.At("hit_rate", cutoff);

    /// <inheritdoc/>
    public double Score(RankedRelevance query) => query.FoundAt(cutoff) > 0 ? 1 : 0;
}
