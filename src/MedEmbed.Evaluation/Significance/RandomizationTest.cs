namespace MedEmbed.Evaluation.Significance;

/// <summary>Fisher's paired randomisation test, two-sided, of the mean difference between two systems over the same queries.</summary>
/// <remarks>
/// If the systems were interchangeable, each query's difference could as well have the other sign. <c>p</c> is the share of sign assignments whose mean difference is at least as large in size as the one seen.
/// Up to 20 differences other than 0 all 2ⁿ assignments are counted; above, random ones, and <c>p = (1 + as large) / (1 + drawn)</c>, which counts the one seen and is never 0 (Phipson and Smyth 2010).
/// Recommended for retrieval by Smucker, Allan and Carterette, "A comparison of statistical significance tests for information retrieval evaluation", CIKM 2007.
/// </remarks>
public static class RandomizationTest
{
    private const int LargestExact = 20;

    /// <summary>Differences of sums below this share of the sum of sizes are rounding.</summary>
    private const double RoundingTolerance = 1e-12;

    /// <summary>Tests whether the mean of <paramref name="differences"/>, one a query, differs from 0.</summary>
    /// <exception cref="ArgumentException">There is no difference, or one is not finite.</exception>
    public static RandomizationResult Run(ReadOnlySpan<double> differences, SignificanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Differences.RequireFinite(differences);
        double[] sizes = SizesOtherThanZero(differences);
        double sum = 0, total = 0;
        foreach (double difference in differences)
        {
            sum += difference;
            total += Math.Abs(difference);
        }

        double threshold = Math.Abs(sum) - (RoundingTolerance * total);
        return sizes.Length <= LargestExact
            ? new RandomizationResult(ExactShare(sizes, threshold), Exact: true)
            : new RandomizationResult(SampledShare(sizes, threshold, options), Exact: false);
    }

    /// <summary>A difference of 0 has no sign, and turning all signs at once changes no size, so sizes are all that counts.</summary>
    private static double[] SizesOtherThanZero(ReadOnlySpan<double> differences)
    {
        List<double> sizes = [];
        foreach (double difference in differences)
        {
            if (difference != 0)
                sizes.Add(Math.Abs(difference));
        }

        return [.. sizes];
    }

    private static double ExactShare(double[] sizes, double threshold)
    {
        double[] left = SignedSums(sizes.AsSpan(0, sizes.Length / 2)), right = SignedSums(sizes.AsSpan(sizes.Length / 2));
        long asLarge = 0;
        foreach (double first in left)
        {
            foreach (double second in right)
                asLarge += Math.Abs(first + second) >= threshold ? 1 : 0;
        }

        return (double)asLarge / ((long)left.Length * right.Length);
    }

    private static double[] SignedSums(ReadOnlySpan<double> sizes)
    {
        double[] sums = new double[1 << sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            for (int assignment = (1 << i) - 1; assignment >= 0; assignment--)
            {
                sums[assignment + (1 << i)] = sums[assignment] + sizes[i];
                sums[assignment] -= sizes[i];
            }
        }

        return sums;
    }

    private static double SampledShare(double[] sizes, double threshold, SignificanceOptions options)
    {
        var random = new SplitMix64(options.Seed);
        int asLarge = 0;
        for (int draw = 0; draw < options.Permutations; draw++)
        {
            double sum = 0;
            ulong signs = 0;
            for (int i = 0; i < sizes.Length; i++)
            {
                signs = i % 64 == 0 ? random.Next() : signs >> 1;
                sum += (signs & 1) == 0 ? sizes[i] : -sizes[i];
            }

            asLarge += Math.Abs(sum) >= threshold ? 1 : 0;
        }

        return (1.0 + asLarge) / (1.0 + options.Permutations);
    }
}
