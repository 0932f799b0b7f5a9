using System.Buffers.Binary;
using System.IO.Hashing;

namespace MedEmbed.Synthesis.Mining;

/// <summary>Random numbers that depend on a seed and a key alone, the same on every run and machine (SplitMix64; Steele, Lea and Flood 2014).</summary>
internal struct SeededDraw
{
    private ulong _state;

    public SeededDraw(int seed, UInt128 key, string purpose)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int) + 16];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, seed);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[sizeof(int)..], key);
        _state = XxHash3.HashToUInt64(bytes) ^ XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(purpose));
    }

    /// <summary>A whole number from 0 to below <paramref name="bound"/>.</summary>
    public int Next(int bound) => (int)(((UInt128)Next() * (ulong)bound) >> 64);

    /// <summary>A number from 0 to below 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int other = Next(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
