namespace MedEmbed.Evaluation.Metrics;

/// <summary>Normalised area under the abstention curve (nAUC): how well a confidence tells the queries that a system answers badly.</summary>
/// <remarks>
/// The curve is the metric's mean over the queries that remain when the least confident 0, 10, … 90 % are given up.
/// <c>nAUC = (A − A_flat) / (A_oracle − A_flat)</c>, where the oracle gives up the queries with the lowest metric and the flat curve stays at the mean over all: 1 is perfect, 0 as good as chance, below 0 worse.
/// Queries of equal confidence each count with the mean of their group. NaN where the oracle curve is flat, that is where all queries have the same metric.
/// Gisserot-Boukhlef et al., "Towards trustworthy reranking: a simple yet effective abstention mechanism", TMLR 2024 (arXiv:2402.12997); details as in MTEB 2.26.
/// </remarks>
public static class NormalizedAuc
{
    /// <summary>Metrics that differ by less than this share are equal but for rounding.</summary>
    private const double RoundingTolerance = 1e-12;

    /// <summary>The nAUC of one metric under one confidence.</summary>
    /// <param name="confidences">A confidence a query, higher is surer.</param>
    /// <param name="metric">The metric of each query, in the same order.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or are empty.</exception>
    public static double Of(ReadOnlySpan<double> confidences, ReadOnlySpan<double> metric)
    {
        if (confidences.Length != metric.Length || metric.IsEmpty)
            throw new ArgumentException($"{confidences.Length} confidences and {metric.Length} metric values: every query needs one of each, and there must be a query.");
        Span<double> nauc = stackalloc double[1];
        Of([new ConfidenceOrder(confidences)], metric, nauc);
        return nauc[0];
    }

    /// <summary>The nAUC of one metric under several confidences.</summary>
    internal static void Of(ReadOnlySpan<ConfidenceOrder> orders, ReadOnlySpan<double> metric, Span<double> naucs)
    {
        double[] arranged = metric.ToArray();
        Array.Sort(arranged);
        if (arranged[^1] - arranged[0] <= RoundingTolerance * Math.Abs(arranged[^1]))
        {
            naucs.Fill(double.NaN);
            return;
        }

        double flat = AbstentionCurve.FlatArea(CompensatedSum.Of(metric) / metric.Length);
        double oracle = AbstentionCurve.Area(arranged);
        for (int i = 0; i < orders.Length; i++)
        {
            orders[i].Arrange(metric, arranged);
            naucs[i] = (AbstentionCurve.Area(arranged) - flat) / (oracle - flat);
        }
    }
}
