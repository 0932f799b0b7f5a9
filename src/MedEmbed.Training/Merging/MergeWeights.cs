namespace MedEmbed.Training.Merging;

/// <summary>Checks the weights of a mix and brings them to a sum of 1.</summary>
public static class MergeWeights
{
    /// <summary>The weights divided by their sum.</summary>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or all are zero.</exception>
    public static double[] Normalize(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Any(weight => !double.IsFinite(weight) || weight < 0))
            throw new ArgumentException($"Weights must be numbers from 0 up, not {string.Join(", ", weights.Select(weight => FormattableString.Invariant($"{weight}")))}.", nameof(weights));
        double sum = weights.Sum();
        return sum > 0 ? [.. weights.Select(weight => weight / sum)] : throw new ArgumentException("All weights are zero; give one model at least a weight above 0.", nameof(weights));
    }
}
