using System.Numerics.Tensors;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>The score that f32 rows have: by inner product (cosine too, since both sides have unit length) or by negated distance.</summary>
internal static class F32Scores
{
    public static void Compute(Similarity similarity, ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int stride, Span<float> scores)
    {
        if (similarity != Similarity.Euclidean)
        {
            PairwiseScores.Dot(queries, rows, stride, scores);
            return;
        }

        PairwiseScores.SquaredEuclidean(queries, rows, stride, scores);
        TensorPrimitives.Sqrt(scores, scores);
        TensorPrimitives.Negate(scores, scores);
    }
}
