namespace MedEmbed.Evaluation.Metrics;

/// <summary>The reciprocal rank of the first relevant document within the cut-off; its mean over queries is MRR.</summary>
/// <remarks><c>RR@k = 1 / r</c> with r the rank of the first relevant document, 0 where r exceeds k. MTEB computes it apart from trec_eval and compares scores in double precision, so it may differ from the other metrics in who comes first.</remarks>
/// <param name="cutoff">How many ranks count.</param>
public sealed class ReciprocalRank(int cutoff) : IRetrievalMetric
{
    /// <inheritdoc/>
    public string Name { get; } = MetricName.At("mrr", cutoff);

    /// <inheritdoc/>
    public double Score(RankedRelevance query) =>
        query.FirstRelevantRank is > 0 and int rank && rank <= cutoff ? 1.0 / rank : 0;
}
