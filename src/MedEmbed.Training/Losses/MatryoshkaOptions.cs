namespace MedEmbed.Training.Losses;

/// <summary>The lengths to which <see cref="MatryoshkaLoss"/> cuts vectors. Immutable; checked when it is made.</summary>
public sealed record MatryoshkaOptions
{
    /// <param name="dimensions">Lengths in numbers, each at least 1, none twice.</param>
    /// <param name="weights">One weight a length, each above 0; null: all 1.</param>
    /// <exception cref="ArgumentException">No length, a length below 1 or twice, or weights that do not fit.</exception>
    public MatryoshkaOptions(IReadOnlyList<int> dimensions, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Count == 0)
            throw new ArgumentException("Matryoshka needs at least one dimension to cut vectors to.", nameof(dimensions));
        foreach (int dimension in dimensions)
            ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1, nameof(dimensions));
        if (dimensions.Distinct().Count() < dimensions.Count)
            throw new ArgumentException($"The dimensions {string.Join(", ", dimensions)} name one twice; add its weights instead.", nameof(dimensions));
        if (weights is not null && weights.Count != dimensions.Count)
            throw new ArgumentException($"There are {dimensions.Count} dimensions but {weights.Count} weights; each dimension needs one.", nameof(weights));
        Dimensions = [.. dimensions];
        Weights = weights is null ? [.. Enumerable.Repeat(1.0, dimensions.Count)] : [.. weights.Select(weight => OptionRange.Positive(weight, nameof(weights)))];
    }

    /// <summary>Lengths in numbers.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The weight of each of <see cref="Dimensions"/>.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>Whether vectors cut below their full length are scaled to unit length, as they are in use. Default true. Without effect on losses that compare by cosine.</summary>
    public bool Renormalize { get; init; } = true;
}
