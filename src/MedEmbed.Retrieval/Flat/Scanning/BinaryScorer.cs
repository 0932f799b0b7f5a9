using System.Buffers;
using MedEmbed.Retrieval.Flat.Storage;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>Estimates of the cosine from the signs that agree.</summary>
internal sealed class BinaryScorer : RowScorer
{
    private readonly Segment _segment;
    private readonly byte[] _queries;
    private readonly float[] _cosineOfDistance;

    public BinaryScorer(Segment segment, QueryGroup queries)
    {
        _segment = segment;
        int stride = RowLayout.BinaryBytes(segment.Dimensions);
        _queries = new byte[queries.Count * stride];
        for (int i = 0; i < queries.Count; i++)
            BinaryQuantizer.Quantize(queries[i], _queries.AsSpan(i * stride, stride));
        _cosineOfDistance = [.. Enumerable.Range(0, segment.Dimensions + 1).Select(distance => BinaryQuantizer.EstimatedCosine(distance, segment.Dimensions))];
    }

    public override int RowBytes => RowLayout.BinaryBytes(_segment.Dimensions);

    public override void Score(int firstRow, int rows, Span<float> scores)
    {
        int[] distances = ArrayPool<int>.Shared.Rent(scores.Length);
        PairwiseScores.Hamming(_queries, _segment.Binary(firstRow, rows), RowBytes, distances.AsSpan(0, scores.Length));
        for (int i = 0; i < scores.Length; i++)
            scores[i] = _cosineOfDistance[Math.Min(distances[i], _cosineOfDistance.Length - 1)];
        ArrayPool<int>.Shared.Return(distances);
    }
}
