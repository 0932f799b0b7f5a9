namespace MedEmbed.Evaluation.Metrics;

/// <summary>The share of a query's relevant documents that stand within the cut-off.</summary>
/// <remarks><c>recall@k = found@k / R</c>, as trec_eval's <c>recall</c>; R counts all relevant documents, also where they are more than k.</remarks>
/// <param name="cutoff">How many ranks count.</param>
public sealed class Recall(int cutoff) : IRetrievalMetric
{
    /// <inheritdoc/>
    public string Name { get; } = MetricName.At("recall", cutoff);

    /// <inheritdoc/>
    public double Score(RankedRelevance query)
    {
        int found = query.FoundAt(cutoff);
        return found == 0 ? 0 : (double)found / query.RelevantCount;
    }
}
