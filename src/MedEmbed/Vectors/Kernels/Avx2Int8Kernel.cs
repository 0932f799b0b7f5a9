using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MedEmbed.Vectors.Kernels;

/// <summary>Widens to 16 bits, then multiplies and adds neighbours into 32: <c>vpmaddubsw</c> would saturate.</summary>
internal sealed unsafe class Avx2Int8Kernel : Int8Kernel
{
    public override void Dot(ReadOnlySpan<sbyte> queries, int queryCount, ReadOnlySpan<sbyte> rows, int rowCount, int dimensions, Span<int> scores)
    {
        fixed (sbyte* q = queries, x = rows)
        {
            for (int query = 0; query < queryCount; query++)
            {
                for (int row = 0; row < rowCount; row++)
                    scores[query * rowCount + row] = Pair(q + (nint)query * dimensions, x + (nint)row * dimensions, dimensions);
            }
        }
    }

    private static int Pair(sbyte* a, sbyte* b, int dimensions)
    {
        Vector256<int> even = default, odd = default;
        nint i = 0;
        for (; i + 32 <= dimensions; i += 32)
        {
            even += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(a + i), Avx2.ConvertToVector256Int16(b + i));
            odd += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(a + i + 16), Avx2.ConvertToVector256Int16(b + i + 16));
        }

        return Vector256.Sum(even + odd) + ScalarDot(a, b, i, dimensions);
    }
}
