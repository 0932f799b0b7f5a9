namespace MedEmbed.Evaluation.Metrics;

/// <summary>Average precision at a cut-off; its mean over queries is MAP.</summary>
/// <remarks>
/// <c>AP@k = Σ precision(r) / R</c> over the ranks r ≤ k that hold a relevant document, where R counts all relevant documents of the query, so that AP@k of a perfect ranking is below 1 where R exceeds k.
/// As trec_eval's <c>map_cut</c>; Buckley and Voorhees, "Retrieval system evaluation", in TREC: Experiment and Evaluation, 2005.
/// </remarks>
/// <param name="cutoff">How many ranks count.</param>
public sealed class AveragePrecision(int cutoff) : IRetrievalMetric
{
    /// <inheritdoc/>
    public string Name { get; } = MetricName.At("map", cutoff);

    /// <inheritdoc/>
    public double Score(RankedRelevance query)
    {
        double sum = 0;
        int found = query.FoundAt(cutoff);
        for (int i = 0; i < found; i++)
            sum += (i + 1) / (double)query.Hits[i].Rank;
        return found == 0 ? 0 : sum / query.RelevantCount;
    }
}
