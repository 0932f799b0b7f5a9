using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MedEmbed.Vectors.Kernels;

/// <summary><c>vpdpbusd</c>, which multiplies unsigned by signed bytes: rows are read with 128 added, and 128·Σq is taken off again.</summary>
internal sealed unsafe class VnniInt8Kernel : Int8Kernel
{
    public static bool IsSupported => AvxVnni.IsSupported;

    public override void Dot(ReadOnlySpan<sbyte> queries, int queryCount, ReadOnlySpan<sbyte> rows, int rowCount, int dimensions, Span<int> scores)
    {
        fixed (sbyte* q = queries, x = rows)
        fixed (int* s = scores)
        {
            for (int query = 0; query < queryCount; query++)
                Rows(q + (nint)query * dimensions, x, rowCount, dimensions, s + (nint)query * rowCount);
        }
    }

    private static void Rows(sbyte* q, sbyte* x, int rowCount, int dimensions, int* scores)
    {
        int whole = dimensions & ~31;
        Vector256<int> added = default;
        for (nint i = 0; i < whole; i += 32)
            added = AvxVnni.MultiplyWideningAndAdd(added, Vector256.Create((byte)0x80), Vector256.Load(q + i));
        int excess = Vector256.Sum(added);
        int row = 0;
        for (; row + 4 <= rowCount; row += 4)
        {
            sbyte* x0 = x + (nint)row * dimensions, x1 = x0 + dimensions, x2 = x1 + dimensions, x3 = x2 + dimensions;
            Vector256<int> s0 = default, s1 = default, s2 = default, s3 = default;
            for (nint i = 0; i < whole; i += 32)
            {
                Vector256<sbyte> v = Vector256.Load(q + i);
                s0 = AvxVnni.MultiplyWideningAndAdd(s0, Shifted(x0 + i), v);
                s1 = AvxVnni.MultiplyWideningAndAdd(s1, Shifted(x1 + i), v);
                s2 = AvxVnni.MultiplyWideningAndAdd(s2, Shifted(x2 + i), v);
                s3 = AvxVnni.MultiplyWideningAndAdd(s3, Shifted(x3 + i), v);
            }

            Vector256<int> halves = Avx2.HorizontalAdd(Avx2.HorizontalAdd(s0, s1), Avx2.HorizontalAdd(s2, s3));
            (halves.GetLower() + halves.GetUpper() - Vector128.Create(excess)).Store(scores + row);
            for (int i = 0; i < 4 && whole < dimensions; i++)
                scores[row + i] += ScalarDot(q, x0 + (nint)i * dimensions, whole, dimensions);
        }

        for (; row < rowCount; row++)
        {
            sbyte* x0 = x + (nint)row * dimensions;
            Vector256<int> sum = default;
            for (nint i = 0; i < whole; i += 32)
                sum = AvxVnni.MultiplyWideningAndAdd(sum, Shifted(x0 + i), Vector256.Load(q + i));
            scores[row] = Vector256.Sum(sum) - excess + ScalarDot(q, x0, whole, dimensions);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Shifted(sbyte* values) => Vector256.Load((byte*)values) ^ Vector256.Create((byte)0x80);
}
