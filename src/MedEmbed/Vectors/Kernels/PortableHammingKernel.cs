using System.Numerics;
using System.Runtime.CompilerServices;

namespace MedEmbed.Vectors.Kernels;

/// <summary>64 bits at a time through the processor's population count.</summary>
internal sealed unsafe class PortableHammingKernel : HammingKernel
{
    public override void Distances(ReadOnlySpan<byte> queries, int queryCount, ReadOnlySpan<byte> rows, int rowCount, int bytes, Span<int> distances) =>
        AllPairs(queries, queryCount, rows, rowCount, bytes, distances);

    public static void AllPairs(ReadOnlySpan<byte> queries, int queryCount, ReadOnlySpan<byte> rows, int rowCount, int bytes, Span<int> distances)
    {
        fixed (byte* q = queries, x = rows)
        fixed (int* target = distances)
        {
            for (int query = 0; query < queryCount; query++)
            {
                byte* a = q + (nint)query * bytes;
                for (int row = 0; row < rowCount; row++)
                    target[(nint)query * rowCount + row] = Pair(a, x + (nint)row * bytes, 0, bytes);
            }
        }
    }

    /// <summary>Bits that differ in the bytes <paramref name="from"/> up to <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Pair(byte* a, byte* b, nint from, nint to)
    {
        ulong sum = 0;
        nint i = from;
        for (; i + 8 <= to; i += 8)
            sum += (ulong)BitOperations.PopCount(Unsafe.ReadUnaligned<ulong>(a + i) ^ Unsafe.ReadUnaligned<ulong>(b + i));
        for (; i < to; i++)
            sum += (ulong)BitOperations.PopCount((uint)(a[i] ^ b[i]));
        return (int)sum;
    }
}
