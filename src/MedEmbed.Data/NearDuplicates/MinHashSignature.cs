namespace MedEmbed.Data.NearDuplicates;

/// <summary>The smallest hash of a text's n-grams under each of many hash functions (Broder 1997). Two signatures agree at a place with the probability of their texts' Jaccard similarity.</summary>
/// <remarks>Immutable. Comparable where the <see cref="MinHasher"/>s have the same options.</remarks>
public readonly struct MinHashSignature
{
    private readonly uint[]? _minima;

    internal MinHashSignature(uint[] minima) => _minima = minima;

    /// <summary>Whether the text had no word; such a text is like no other.</summary>
    public bool IsEmpty => _minima is null;

    internal ReadOnlySpan<uint> Minima => _minima;

    /// <summary>The estimated Jaccard similarity of the two texts' n-gram sets, from 0 to 1; 0 where either is empty.</summary>
    /// <exception cref="ArgumentException">The signatures differ in length.</exception>
    public double Similarity(MinHashSignature other)
    {
        if (IsEmpty || other.IsEmpty)
            return 0;
        ReadOnlySpan<uint> mine = Minima;
        ReadOnlySpan<uint> others = other.Minima;
        if (mine.Length != others.Length)
            throw new ArgumentException($"the signatures have {mine.Length} and {others.Length} places; they are compared only where they were made with the same options.", nameof(other));
        int equal = 0;
        for (int i = 0; i < mine.Length; i++)
            equal += mine[i] == others[i] ? 1 : 0;
        return (double)equal / mine.Length;
    }
}
