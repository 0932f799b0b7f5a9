using System.Numerics.Tensors;

namespace MedEmbed.Vectors.Kernels;

/// <summary>Pair by pair through <see cref="TensorPrimitives"/>, for processors without 256-bit registers.</summary>
internal sealed class PortableFloatKernel : FloatKernel
{
    public override void Dot(ReadOnlySpan<float> queries, int queryCount, ReadOnlySpan<float> rows, int rowCount, int dimensions, Span<float> scores)
    {
        for (int query = 0; query < queryCount; query++)
        {
            for (int row = 0; row < rowCount; row++)
                scores[query * rowCount + row] = TensorPrimitives.Dot(Vector(queries, query, dimensions), Vector(rows, row, dimensions));
        }
    }

    public override void SquaredEuclidean(
        ReadOnlySpan<float> queries, int queryCount, ReadOnlySpan<float> rows, int rowCount, int dimensions, Span<float> scores)
    {
        for (int query = 0; query < queryCount; query++)
        {
            for (int row = 0; row < rowCount; row++)
            {
                float distance = TensorPrimitives.Distance(Vector(queries, query, dimensions), Vector(rows, row, dimensions));
                scores[query * rowCount + row] = distance * distance;
            }
        }
    }

    private static ReadOnlySpan<float> Vector(ReadOnlySpan<float> block, int index, int dimensions) => block.Slice(index * dimensions, dimensions);
}
