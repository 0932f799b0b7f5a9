namespace MedEmbed.Training.Sampling;

/// <summary>Pseudo-random numbers (SplitMix64; Steele, Lea and Flood 2014) that are the same for the same keys on every machine and .NET version.</summary>
/// <remarks>A draw is keyed by what it belongs to (seed, source, epoch, example), so that it needs no state that a checkpoint would have to keep.</remarks>
internal struct SplitMix64
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>The numbers that belong to <paramref name="keys"/>, in this order.</summary>
    public SplitMix64(params ReadOnlySpan<ulong> keys)
    {
        foreach (ulong key in keys)
            _state = Mixed(_state + Step + key);
    }

    public ulong Next() => Mixed(_state += Step);

    /// <summary>A number from 0 to below <paramref name="count"/> (Lemire 2019), all equally likely.</summary>
    public int Below(int count)
    {
        UInt128 product = (UInt128)Next() * (uint)count;
        if ((ulong)product < (uint)count)
        {
            ulong rejected = unchecked(0UL - (uint)count) % (uint)count;
            while ((ulong)product < rejected)
                product = (UInt128)Next() * (uint)count;
        }

        return (int)(product >> 64);
    }

    /// <summary>A number from 0 to below 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Every order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>Moves <paramref name="count"/> items, chosen without replacement, to the front.</summary>
    public void Choose<T>(Span<T> items, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int other = i + Below(items.Length - i);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
