using System.Buffers;
using MedEmbed.Retrieval.Flat.Storage;

namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>The unrounded query against int8 rows, which are turned back into f32 in the cache: for Euclidean distances, which do not split into integer products.</summary>
internal sealed class Int8DistanceScorer(Segment segment, QueryGroup queries) : RowScorer
{
    public override int RowBytes => RowLayout.F32Bytes(segment.Dimensions);

    public override void Score(int firstRow, int rows, Span<float> scores)
    {
        int stride = RowLayout.F32Numbers(segment.Dimensions);
        int codeStride = RowLayout.Int8Bytes(segment.Dimensions);
        float[] values = ArrayPool<float>.Shared.Rent(rows * stride);
        Span<float> block = values.AsSpan(0, rows * stride);
        block.Clear();
        ReadOnlySpan<sbyte> codes = segment.Int8(firstRow, rows);
        for (int row = 0; row < rows; row++)
            segment.Int8Ranges!.Dequantize(codes.Slice(row * codeStride, segment.Dimensions), block.Slice(row * stride, segment.Dimensions));
        F32Scores.Compute(queries.Similarity, queries.Padded, block, stride, scores);
        ArrayPool<float>.Shared.Return(values);
    }
}
