namespace MedEmbed.Evaluation.Metrics;

/// <summary>The share of the ranks within the cut-off that hold a relevant document.</summary>
/// <remarks><c>P@k = found@k / k</c>, as trec_eval's <c>P</c>; a ranking shorter than k is still divided by k.</remarks>
/// <param name="cutoff">How many ranks count.</param>
public sealed class Precision(int cutoff) : IRetrievalMetric
{
    /// <inheritdoc/>
    public string Name { get; } = MetricName.At("precision", cutoff);

    /// <inheritdoc/>
    public double Score(RankedRelevance query) => (double)query.FoundAt(cutoff) / cutoff;
}
