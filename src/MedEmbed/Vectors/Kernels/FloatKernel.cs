using System.Runtime.Intrinsics;

namespace MedEmbed.Vectors.Kernels;

/// <summary>One way to compare f32 queries with f32 rows. Arguments are checked by <see cref="PairwiseScores"/>.</summary>
internal abstract class FloatKernel
{
    public static FloatKernel Best { get; } =
        Vector512.IsHardwareAccelerated ? new Vector512FloatKernel()
        : Vector256.IsHardwareAccelerated ? new Vector256FloatKernel()
        : new PortableFloatKernel();

    public abstract void Dot(ReadOnlySpan<float> queries, int queryCount, ReadOnlySpan<float> rows, int rowCount, int dimensions, Span<float> scores);

    public abstract void SquaredEuclidean(
        ReadOnlySpan<float> queries, int queryCount, ReadOnlySpan<float> rows, int rowCount, int dimensions, Span<float> scores);
}
