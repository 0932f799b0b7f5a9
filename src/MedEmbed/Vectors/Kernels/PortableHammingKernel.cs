using System.Numerics;
using System.Runtime.CompilerServices;

namespace MedEmbed.Vectors.Kernels;

/// <summary>64 bits at a time through the processor's population count.</summary>
internal sealed unsafe class PortableHammingKernel : HammingKernel
{
    public override void Distances(ReadOnlySpan<byte> queries, int queryCount, ReadOnlySpan<byte> rows, int rowCount, int bytes, Span<int> distances)
    {
        fixed (byte* q = queries, x = rows)
        {
            for (int query = 0; query < queryCount; query++)
            {
                for (int row = 0; row < rowCount; row++)
                    distances[query * rowCount + row] = Pair(q + (nint)query * bytes, x + (nint)row * bytes, 0, bytes);
            }
        }
    }

    /// <summary>Bits that differ in the bytes <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public static int Pair(byte* a, byte* b, nint from, nint to)
    {
        int first = 0, second = 0;
        nint i = from;
        for (; i + 16 <= to; i += 16)
        {
            first += BitOperations.PopCount(Unsafe.ReadUnaligned<ulong>(a + i) ^ Unsafe.ReadUnaligned<ulong>(b + i));
            second += BitOperations.PopCount(Unsafe.ReadUnaligned<ulong>(a + i + 8) ^ Unsafe.ReadUnaligned<ulong>(b + i + 8));
        }

        for (; i < to; i++)
            first += BitOperations.PopCount((uint)(a[i] ^ b[i]));
        return first + second;
    }
}
