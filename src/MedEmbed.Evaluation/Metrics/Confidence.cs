namespace MedEmbed.Evaluation.Metrics;

/// <summary>How sure a ranking looks, read from its scores alone (Gisserot-Boukhlef et al. 2024, as MTEB computes it).</summary>
/// <param name="Max">The highest score.</param>
/// <param name="StandardDeviation">The population standard deviation of all scores.</param>
/// <param name="TopDifference">The highest score less the second highest; 0 where there is one score, or the two are equal.</param>
internal readonly record struct Confidence(double Max, double StandardDeviation, double TopDifference)
{
    /// <summary>MTEB's names of the three, in their order here.</summary>
    public static IReadOnlyList<string> Names { get; } = ["max", "std", "diff1"];

    /// <summary>The confidences of one query's scores, in any order but that of the input for the last bit; all 0 where there are none.</summary>
    /// <param name="scores">Every score of the query, also those beyond the last cut-off.</param>
    /// <param name="scratch">At least as long as <paramref name="scores"/>.</param>
    public static Confidence Of(ReadOnlySpan<double> scores, Span<double> scratch)
    {
        if (scores.IsEmpty)
            return default;
        double first = double.NegativeInfinity, second = double.NegativeInfinity;
        foreach (double score in scores)
        {
            second = Math.Max(second, Math.Min(score, first));
            first = Math.Max(first, score);
        }

        double difference = scores.Length == 1 || first == second ? 0 : first - second;
        return new Confidence(first, StandardDeviationOf(scores, scratch[..scores.Length]), difference);
    }

    private static double StandardDeviationOf(ReadOnlySpan<double> scores, Span<double> squares)
    {
        double mean = PairwiseSum.Of(scores) / scores.Length;
        for (int i = 0; i < scores.Length; i++)
        {
            double deviation = scores[i] - mean;
            squares[i] = deviation * deviation;
        }

        return Math.Sqrt(PairwiseSum.Of(squares) / scores.Length);
    }
}
