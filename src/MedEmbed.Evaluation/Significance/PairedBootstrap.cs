namespace MedEmbed.Evaluation.Significance;

/// <summary>The paired bootstrap: how far the mean difference between two systems would vary over other samples of queries.</summary>
/// <remarks>
/// Queries are drawn with replacement as many times as there are queries, the mean difference is taken, and the interval lies between the quantiles (1 − level)/2 and (1 + level)/2 of these means, interpolated linearly (percentile interval).
/// Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13; Sakai, "Evaluating evaluation metrics based on the bootstrap", SIGIR 2006.
/// </remarks>
public static class PairedBootstrap
{
    /// <summary>The confidence interval of the mean of <paramref name="differences"/>, one a query.</summary>
    /// <exception cref="ArgumentException">There is no difference, or one is not finite.</exception>
    public static ConfidenceInterval Interval(ReadOnlySpan<double> differences, SignificanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Differences.RequireFinite(differences);
        var random = new SplitMix64(options.Seed);
        double[] means = new double[options.Resamples];
        for (int resample = 0; resample < means.Length; resample++)
        {
            double sum = 0;
            for (int i = 0; i < differences.Length; i++)
                sum += differences[random.Next(differences.Length)];
            means[resample] = sum / differences.Length;
        }

        Array.Sort(means);
        double tail = (1 - options.ConfidenceLevel) / 2;
        return new ConfidenceInterval(Quantile(means, tail), Quantile(means, 1 - tail));
    }

    private static double Quantile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
