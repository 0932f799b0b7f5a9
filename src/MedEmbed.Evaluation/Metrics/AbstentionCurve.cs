namespace MedEmbed.Evaluation.Metrics;

/// <summary>Areas under the curve of a metric's mean over the queries that remain when 0, 10, … 90 % are given up.</summary>
internal static class AbstentionCurve
{
    private const int Rates = 10;
    private const double Step = 0.1;

    /// <summary>The area under the curve when queries are given up from the first on.</summary>
    /// <param name="metric">The metric of each query, in the order in which queries are given up.</param>
    public static double Area(ReadOnlySpan<double> metric)
    {
        Span<double> means = stackalloc double[Rates];
        double sum = 0;
        int next = metric.Length;
        for (int i = Rates - 1; i >= 0; i--)
        {
            int abstained = Abstained(i, metric.Length);
            while (next > abstained)
                sum += metric[--next];
            means[i] = sum / (metric.Length - abstained);
        }

        double area = 0;
        for (int i = 1; i < Rates; i++)
            area += ((Step * i) - (Step * (i - 1))) * (means[i] + means[i - 1]) / 2;
        return area;
    }

    /// <summary>The area under the curve that stays at <paramref name="mean"/>.</summary>
    public static double FlatArea(double mean) => mean * (Step * (Rates - 1));

    private static int Abstained(int rate, int queries) =>
        Math.Min((int)Math.Round(Step * rate * queries, MidpointRounding.ToEven), queries - 1);
}
