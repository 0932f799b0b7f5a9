namespace MedEmbed.Training.Sampling;

/// <summary>All passages that answer a query anywhere in a source, by the hashes of their normalised forms. Immutable and thread-safe; 32 bytes a pair.</summary>
internal sealed class KnownPositives
{
    private readonly (UInt128 Query, UInt128 Positive)[] _pairs;

    /// <summary>Takes pairs in any order, repeated ones among them.</summary>
    public KnownPositives(IEnumerable<(UInt128 Query, UInt128 Positive)> pairs)
    {
        _pairs = [.. pairs.Distinct()];
        Array.Sort(_pairs);
    }

    /// <summary>The pairs of <paramref name="query"/>.</summary>
    public ReadOnlySpan<(UInt128 Query, UInt128 Positive)> Of(UInt128 query)
    {
        int start = FirstNotBefore((query, UInt128.Zero));
        int end = start;
        while (end < _pairs.Length && _pairs[end].Query == query)
            end++;
        return _pairs.AsSpan(start, end - start);
    }

    public bool Contains(UInt128 query, UInt128 positive) => Array.BinarySearch(_pairs, (query, positive)) >= 0;

    private int FirstNotBefore((UInt128 Query, UInt128 Positive) pair)
    {
        int found = Array.BinarySearch(_pairs, pair);
        return found >= 0 ? found : ~found;
    }
}
