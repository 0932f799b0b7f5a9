namespace MedEmbed.Synthesis.Mining.Reporting;

/// <summary>How scores are spread.</summary>
/// <param name="Count">Scores.</param>
/// <param name="Mean">Their mean; null of none.</param>
/// <param name="Deviation">Their standard deviation; null of none.</param>
/// <param name="Quantiles">The scores below which 0, 1, 5, 25, 50, 75, 95, 99 and 100 % lie, the nearest rank taken; empty of none.</param>
/// <param name="Histogram">Twenty bins of equal width from the lowest score to the highest; empty of none.</param>
public sealed record ScoreDistribution(long Count, double? Mean, double? Deviation, IReadOnlyDictionary<string, float> Quantiles, IReadOnlyList<long> Histogram)
{
    private const int Bins = 20;

    private static readonly (string Name, double Share)[] Shares =
        [("min", 0), ("p01", 0.01), ("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95), ("p99", 0.99), ("max", 1)];

    internal static ScoreDistribution Of(IReadOnlyList<float> scores)
    {
        if (scores.Count == 0)
            return new ScoreDistribution(0, null, null, new Dictionary<string, float>(), []);
        float[] sorted = [.. scores];
        Array.Sort(sorted);
        double mean = sorted.Average(score => (double)score);
        double deviation = Math.Sqrt(sorted.Average(score => (score - mean) * (score - mean)));
        var quantiles = Shares.ToDictionary(share => share.Name, share => sorted[Math.Max(0, (int)Math.Ceiling(share.Share * sorted.Length) - 1)], StringComparer.Ordinal);
        long[] histogram = new long[Bins];
        double width = ((double)sorted[^1] - sorted[0]) / Bins;
        foreach (float score in sorted)
            histogram[width > 0 ? Math.Min(Bins - 1, (int)((score - sorted[0]) / width)) : 0]++;
        return new ScoreDistribution(sorted.Length, mean, deviation, quantiles, histogram);
    }
}
