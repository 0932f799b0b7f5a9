using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MedEmbed.Vectors.Kernels;

/// <summary>Tiles of queries and rows in 512-bit registers.</summary>
/// <remarks>A pair has one accumulator in every tile, so its sum is made in the same order, and has the same bits, in each of them.</remarks>
internal sealed unsafe class Vector512FloatKernel : FloatKernel
{
    public override void Dot(ReadOnlySpan<float> queries, int queryCount, ReadOnlySpan<float> rows, int rowCount, int dimensions, Span<float> scores) =>
        Run<DotOperation>(queries, queryCount, rows, rowCount, dimensions, scores);

    public override void SquaredEuclidean(
        ReadOnlySpan<float> queries, int queryCount, ReadOnlySpan<float> rows, int rowCount, int dimensions, Span<float> scores) =>
        Run<SquaredDifferenceOperation>(queries, queryCount, rows, rowCount, dimensions, scores);

    private static void Run<T>(ReadOnlySpan<float> queries, int queryCount, ReadOnlySpan<float> rows, int rowCount, int dimensions, Span<float> scores)
        where T : IPairOperation
    {
        fixed (float* q = queries, x = rows, s = scores)
        {
            int query = 0;
            for (; query + 4 <= queryCount; query += 4)
            {
                float* tileQueries = q + (nint)query * dimensions;
                int row = 0;
                for (; row + 4 <= rowCount; row += 4)
                    Tile4x4<T>(tileQueries, x + (nint)row * dimensions, dimensions, s + (nint)query * rowCount + row, rowCount);
                for (; row < rowCount; row++)
                {
                    for (int i = 0; i < 4; i++)
                        s[(nint)(query + i) * rowCount + row] = Pair<T>(tileQueries + (nint)i * dimensions, x + (nint)row * dimensions, dimensions);
                }
            }

            for (; query < queryCount; query++)
            {
                float* single = q + (nint)query * dimensions;
                float* target = s + (nint)query * rowCount;
                int row = 0;
                for (; row + 4 <= rowCount; row += 4)
                    Tile1x4<T>(single, x + (nint)row * dimensions, dimensions, target + row);
                for (; row < rowCount; row++)
                    target[row] = Pair<T>(single, x + (nint)row * dimensions, dimensions);
            }
        }
    }

    private static void Tile4x4<T>(float* q, float* x, int dimensions, float* scores, int scoreStride)
        where T : IPairOperation
    {
        float* q1 = q + dimensions, q2 = q1 + dimensions, q3 = q2 + dimensions;
        float* x1 = x + dimensions, x2 = x1 + dimensions, x3 = x2 + dimensions;
        Vector512<float> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector512<float> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s23 = default;
        Vector512<float> s30 = default, s31 = default, s32 = default, s33 = default;
        int whole = dimensions & ~15;
        for (nint i = 0; i < whole; i += 16)
        {
            Vector512<float> r0 = Vector512.Load(x + i), r1 = Vector512.Load(x1 + i), r2 = Vector512.Load(x2 + i), r3 = Vector512.Load(x3 + i);
            Vector512<float> v = Vector512.Load(q + i);
            s00 = T.Add(s00, v, r0);
            s01 = T.Add(s01, v, r1);
            s02 = T.Add(s02, v, r2);
            s03 = T.Add(s03, v, r3);
            v = Vector512.Load(q1 + i);
            s10 = T.Add(s10, v, r0);
            s11 = T.Add(s11, v, r1);
            s12 = T.Add(s12, v, r2);
            s13 = T.Add(s13, v, r3);
            v = Vector512.Load(q2 + i);
            s20 = T.Add(s20, v, r0);
            s21 = T.Add(s21, v, r1);
            s22 = T.Add(s22, v, r2);
            s23 = T.Add(s23, v, r3);
            v = Vector512.Load(q3 + i);
            s30 = T.Add(s30, v, r0);
            s31 = T.Add(s31, v, r1);
            s32 = T.Add(s32, v, r2);
            s33 = T.Add(s33, v, r3);
        }

        Store<T>(s00, s01, s02, s03, q, x, whole, dimensions, scores);
        Store<T>(s10, s11, s12, s13, q1, x, whole, dimensions, scores + scoreStride);
        Store<T>(s20, s21, s22, s23, q2, x, whole, dimensions, scores + 2 * (nint)scoreStride);
        Store<T>(s30, s31, s32, s33, q3, x, whole, dimensions, scores + 3 * (nint)scoreStride);
    }

    private static void Tile1x4<T>(float* q, float* x, int dimensions, float* scores)
        where T : IPairOperation
    {
        float* x1 = x + dimensions, x2 = x1 + dimensions, x3 = x2 + dimensions;
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        int whole = dimensions & ~15;
        for (nint i = 0; i < whole; i += 16)
        {
            Vector512<float> v = Vector512.Load(q + i);
            s0 = T.Add(s0, v, Vector512.Load(x + i));
            s1 = T.Add(s1, v, Vector512.Load(x1 + i));
            s2 = T.Add(s2, v, Vector512.Load(x2 + i));
            s3 = T.Add(s3, v, Vector512.Load(x3 + i));
        }

        Store<T>(s0, s1, s2, s3, q, x, whole, dimensions, scores);
    }

    private static float Pair<T>(float* q, float* x, int dimensions)
        where T : IPairOperation
    {
        Vector512<float> sum = default;
        int whole = dimensions & ~15;
        for (nint i = 0; i < whole; i += 16)
            sum = T.Add(sum, Vector512.Load(q + i), Vector512.Load(x + i));
        return Tail<T>(Vector512.Sum(sum), q, x, whole, dimensions);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(
        Vector512<float> s0, Vector512<float> s1, Vector512<float> s2, Vector512<float> s3, float* q, float* x, int whole, int dimensions, float* scores)
        where T : IPairOperation
    {
        scores[0] = Tail<T>(Vector512.Sum(s0), q, x, whole, dimensions);
        scores[1] = Tail<T>(Vector512.Sum(s1), q, x + dimensions, whole, dimensions);
        scores[2] = Tail<T>(Vector512.Sum(s2), q, x + 2 * (nint)dimensions, whole, dimensions);
        scores[3] = Tail<T>(Vector512.Sum(s3), q, x + 3 * (nint)dimensions, whole, dimensions);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Tail<T>(float sum, float* q, float* x, int from, int dimensions)
        where T : IPairOperation
    {
        for (nint i = from; i < dimensions; i++)
            sum = T.Add(sum, q[i], x[i]);
        return sum;
    }
}
