using System.Buffers;
using System.Numerics.Tensors;
using MedEmbed.Retrieval.Flat.Storage;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>Inner products in integers: with x = m + (c + 128)s, q·x = Σ qs·c + Σ q(m + 128s), and the products qs are rounded to int8, one scale a query.</summary>
internal sealed class Int8Scorer : RowScorer
{
    private readonly Segment _segment;
    private readonly sbyte[] _queries;
    private readonly float[] _scale;
    private readonly float[] _offset;

    public Int8Scorer(Segment segment, QueryGroup queries)
    {
        _segment = segment;
        int dimensions = segment.Dimensions;
        int stride = RowLayout.Int8Bytes(dimensions);
        _queries = new sbyte[queries.Count * stride];
        (_scale, _offset) = (new float[queries.Count], new float[queries.Count]);
        float[] folded = new float[dimensions];
        for (int i = 0; i < queries.Count; i++)
        {
            TensorPrimitives.Multiply(queries[i], segment.Int8Ranges!.Step, folded);
            _offset[i] = TensorPrimitives.Dot(queries[i], segment.Int8Ranges.Minimum) + 128 * TensorPrimitives.Sum<float>(folded);
            float largest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(folded));
            _scale[i] = largest / 127;
            Span<sbyte> codes = _queries.AsSpan(i * stride, dimensions);
            for (int d = 0; d < dimensions && largest > 0; d++)
                codes[d] = (sbyte)MathF.Round(folded[d] / largest * 127);
        }
    }

    public override int RowBytes => RowLayout.Int8Bytes(_segment.Dimensions);

    public override void Score(int firstRow, int rows, Span<float> scores)
    {
        int[] products = ArrayPool<int>.Shared.Rent(scores.Length);
        PairwiseScores.Dot(_queries, _segment.Int8(firstRow, rows), RowBytes, products.AsSpan(0, scores.Length));
        for (int query = 0; query < _scale.Length; query++)
        {
            Span<float> target = scores.Slice(query * rows, rows);
            TensorPrimitives.ConvertTruncating<int, float>(products.AsSpan(query * rows, rows), target);
            TensorPrimitives.Multiply(target, _scale[query], target);
            TensorPrimitives.Add(target, _offset[query], target);
        }

        ArrayPool<int>.Shared.Return(products);
    }
}
