using MedEmbed.Vectors.Kernels;

namespace MedEmbed.Vectors;

/// <summary>Every query against every row of a block, by the fastest instructions this processor has.</summary>
/// <remarks>
/// <para>Queries and rows lie one after the other, each of <c>dimensions</c> numbers; scores are queries × rows, row-major. Thread-safe, allocates nothing.</para>
/// <para>On one machine the score of a pair has the same bits whatever else is in the block, so searching one by one and in batches agree exactly.
/// Between machines floating-point scores differ by rounding, since wider registers add in another order.</para>
/// <para>Lengths that do not fit together are an <see cref="ArgumentException"/>.</para>
/// </remarks>
public static class PairwiseScores
{
    /// <summary>Inner products.</summary>
    public static void Dot(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int dimensions, Span<float> scores)
    {
        (int queryCount, int rowCount) = Shape(queries.Length, rows.Length, dimensions, scores.Length);
        FloatKernel.Best.Dot(queries, queryCount, rows, rowCount, dimensions, scores);
    }

    /// <summary>Squared Euclidean distances, summed from differences, so that near-equal vectors keep their precision.</summary>
    public static void SquaredEuclidean(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int dimensions, Span<float> scores)
    {
        (int queryCount, int rowCount) = Shape(queries.Length, rows.Length, dimensions, scores.Length);
        FloatKernel.Best.SquaredEuclidean(queries, queryCount, rows, rowCount, dimensions, scores);
    }

    /// <summary>Exact inner products of int8 vectors. At most 65,536 dimensions, since the sum must fit 32 bits.</summary>
    public static void Dot(ReadOnlySpan<sbyte> queries, ReadOnlySpan<sbyte> rows, int dimensions, Span<int> scores)
    {
        (int queryCount, int rowCount) = Shape(queries.Length, rows.Length, dimensions, scores.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, Int8Kernel.MaxDimensions);
        Int8Kernel.Best.Dot(queries, queryCount, rows, rowCount, dimensions, scores);
    }

    /// <summary>Hamming distances (bits that differ) of packed binary vectors of <paramref name="bytes"/> bytes each.</summary>
    public static void Hamming(ReadOnlySpan<byte> queries, ReadOnlySpan<byte> rows, int bytes, Span<int> distances)
    {
        (int queryCount, int rowCount) = Shape(queries.Length, rows.Length, bytes, distances.Length);
        HammingKernel.Best.Distances(queries, queryCount, rows, rowCount, bytes, distances);
    }

    private static (int Queries, int Rows) Shape(int queryValues, int rowValues, int dimensions, int scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        (int queries, int queryRest) = Math.DivRem(queryValues, dimensions);
        (int rows, int rowRest) = Math.DivRem(rowValues, dimensions);
        if (queryRest != 0 || rowRest != 0 || scores != (long)queries * rows)
            throw new ArgumentException($"{queryValues} query values, {rowValues} row values and {scores} scores do not fit vectors of {dimensions}.");
        return (queries, rows);
    }
}
