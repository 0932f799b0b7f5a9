using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MedEmbed.Training.Encoders;

/// <summary>Dropout whose choice is a function of seed, step, pass, layer and place, and of nothing else.</summary>
/// <remarks>
/// So a second computation of the same layer drops the same values, a resumed run the same as an unbroken one, and there is no generator whose state would
/// have to be kept. A hash of the position chooses (the finaliser of MurmurHash3, 32 bits), several positions at a time: libtorch's own dropout draws its numbers one by
/// one on CPUs, and takes most of a step there.
/// </remarks>
internal sealed class Dropout(double rate, long seed, long step, int pass)
{
    /// <summary><paramref name="states"/> with about a share of <c>rate</c> set to zero and the rest scaled by 1 / (1 − rate).</summary>
    public Tensor Apply(Tensor states, int layer, DropoutPlace place)
    {
        using var scope = NewDisposeScope();
        Tensor mask = empty(states.shape, states.dtype, CPU);
        uint key = KeyOf(layer, place);
        uint threshold = (uint)(rate * uint.MaxValue);
        if (states.dtype == ScalarType.BFloat16)
            Fill(MemoryMarshal.Cast<byte, ushort>(mask.bytes), key, threshold, (ushort)(BitConverter.SingleToUInt32Bits((float)(1 / (1 - rate))) >> 16));
        else
            Fill(MemoryMarshal.Cast<byte, float>(mask.bytes), key, threshold, (float)(1 / (1 - rate)));
        return states.mul(mask.to(states.device)).MoveToOuterDisposeScope();
    }

    private static void Fill<T>(Span<T> mask, uint key, uint threshold, T kept)
        where T : unmanaged
    {
        for (int i = 0; i < mask.Length; i++)
            mask[i] = Mixed((uint)i ^ key) < threshold ? default : kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mixed(uint value)
    {
        value ^= value >> 16;
        value *= 0x85EBCA6B;
        value ^= value >> 13;
        value *= 0xC2B2AE35;
        return value ^ (value >> 16);
    }

    private uint KeyOf(int layer, DropoutPlace place)
    {
        ulong key = (ulong)seed;
        foreach (ulong part in (ReadOnlySpan<ulong>)[(ulong)step, (ulong)pass, (ulong)(layer + 1), (ulong)place])
        {
            // SplitMix64 (Steele, Lea and Flood 2014): well-mixed keys of small numbers.
            key += 0x9E3779B97F4A7C15 + part;
            key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
            key = (key ^ (key >> 27)) * 0x94D049BB133111EB;
            key ^= key >> 31;
        }

        return (uint)(key ^ (key >> 32));
    }
}
