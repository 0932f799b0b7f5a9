using System.Globalization;

namespace MedEmbed.Data.Texts;

/// <summary>One of several equal parts of an input: the lines whose number from 0 is <see cref="Index"/> modulo <see cref="Count"/>.</summary>
public sealed record Shard
{
    /// <summary>Part <paramref name="index"/> (from 0) of <paramref name="count"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or <paramref name="index"/> is not in [0, count).</exception>
    public Shard(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        (Index, Count) = (index, count);
    }

    /// <summary>Which part, from 0.</summary>
    public int Index { get; }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>Whether the line with this number from 0 belongs to the part.</summary>
    public bool Contains(long line) => line % Count == Index;

    /// <summary><c>i/n</c>, the form that <see cref="ShardSpecification"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
