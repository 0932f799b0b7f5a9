namespace MedEmbed.Evaluation.Metrics;

/// <summary>Normalised discounted cumulative gain at a cut-off, with linear gain.</summary>
/// <remarks>
/// <c>DCG@k = Σ grade(r) / log2(r + 1)</c> over ranks r = 1…k; <c>nDCG@k = DCG@k / DCG@k of the ideal ranking</c>.
/// Grades below 0 gain nothing. Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 20(4), 2002; the discount and gain are those of trec_eval's <c>ndcg_cut</c>.
/// </remarks>
/// <param name="cutoff">How many ranks count.</param>
public sealed class Ndcg(int cutoff) : IRetrievalMetric
{
    /// <inheritdoc/>
    public string Name { get; } = MetricName.At("ndcg", cutoff);

    /// <inheritdoc/>
    public double Score(RankedRelevance query)
    {
        double gain = 0;
        foreach (RelevantHit hit in query.Hits[..query.FoundAt(cutoff)])
            gain += hit.Grade / Math.Log2(hit.Rank + 1);
        return gain == 0 ? 0 : gain / IdealGain(query.IdealGrades);
    }

    private double IdealGain(ReadOnlySpan<int> idealGrades)
    {
        double gain = 0;
        for (int i = 0; i < Math.Min(cutoff, idealGrades.Length); i++)
            gain += idealGrades[i] / Math.Log2(i + 2);
        return gain;
    }
}
