namespace MedEmbed.Evaluation.Significance;

/// <summary>Corrects p-values for the number of comparisons made. The results are compared with the significance level as they are.</summary>
public static class MultipleComparisons
{
    /// <summary>Holm's step-down correction, which bounds the probability of even one false finding.</summary>
    /// <remarks><c>p'₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1) · p₍ⱼ₎)</c> for ascending p. Holm, Scandinavian Journal of Statistics 6, 1979.</remarks>
    /// <param name="pValues">From 0 to 1, of any number of comparisons.</param>
    /// <returns>The corrected p-values, in the order given.</returns>
    public static double[] Holm(ReadOnlySpan<double> pValues)
    {
        int[] ascending = Ascending(pValues);
        double[] corrected = new double[pValues.Length];
        double largest = 0;
        for (int i = 0; i < ascending.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, (ascending.Length - i) * pValues[ascending[i]]));
            corrected[ascending[i]] = largest;
        }

        return corrected;
    }

    /// <summary>Benjamini and Hochberg's step-up correction, which bounds the expected share of false findings among all findings.</summary>
    /// <remarks><c>p'₍ᵢ₎ = min over j ≥ i of min(1, m / j · p₍ⱼ₎)</c> for ascending p. Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995.</remarks>
    /// <param name="pValues">From 0 to 1, of any number of comparisons.</param>
    /// <returns>The corrected p-values, in the order given.</returns>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        int[] ascending = Ascending(pValues);
        double[] corrected = new double[pValues.Length];
        double smallest = 1;
        for (int i = ascending.Length - 1; i >= 0; i--)
        {
            smallest = Math.Min(smallest, pValues[ascending[i]] * ascending.Length / (i + 1));
            corrected[ascending[i]] = smallest;
        }

        return corrected;
    }

    private static int[] Ascending(ReadOnlySpan<double> pValues)
    {
        foreach (double pValue in pValues)
        {
            if (pValue is not (>= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(pValues), pValue, "A p-value lies from 0 to 1.");
        }

        double[] sorted = pValues.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        return order;
    }
}
