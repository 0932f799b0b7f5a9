using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MedEmbed.Vectors.Kernels;

/// <summary>Counts the bits of 32 bytes at once by looking up nibbles (Muła, Kurz and Lemire 2018) where vectors are long enough to gain from it.</summary>
internal sealed unsafe class Avx2HammingKernel : HammingKernel
{
    // Below this the scalar count is as fast: the lookup costs a reduction a row.
    private const int ShortestBytes = 128;

    public override void Distances(ReadOnlySpan<byte> queries, int queryCount, ReadOnlySpan<byte> rows, int rowCount, int bytes, Span<int> distances)
    {
        if (bytes < ShortestBytes)
        {
            PortableHammingKernel.AllPairs(queries, queryCount, rows, rowCount, bytes, distances);
            return;
        }

        fixed (byte* q = queries, x = rows)
        {
            for (int query = 0; query < queryCount; query++)
            {
                for (int row = 0; row < rowCount; row++)
                    distances[query * rowCount + row] = Pair(q + (nint)query * bytes, x + (nint)row * bytes, bytes);
            }
        }
    }

    private static int Pair(byte* a, byte* b, int bytes)
    {
        Vector256<byte> bitsOfNibble = Vector256.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        Vector256<byte> nibble = Vector256.Create((byte)0x0f);
        Vector256<ulong> sum = default;
        nint i = 0;
        for (; i + 32 <= bytes; i += 32)
        {
            Vector256<byte> different = Vector256.Load(a + i) ^ Vector256.Load(b + i);
            Vector256<byte> low = different & nibble;
            Vector256<byte> high = (different.AsUInt16() >>> 4).AsByte() & nibble;
            Vector256<byte> counts = Avx2.Shuffle(bitsOfNibble, low) + Avx2.Shuffle(bitsOfNibble, high);
            sum += Avx2.SumAbsoluteDifferences(counts, Vector256<byte>.Zero).AsUInt64();
        }

        return (int)Vector256.Sum(sum) + PortableHammingKernel.Pair(a, b, i, bytes);
    }
}
