using MedEmbed.Training.Libtorch;
using MedEmbed.Vectors;
using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>Similarities of vectors as differentiable tensors, higher meaning more alike.</summary>
internal static class Similarities
{
    /// <summary>What torch's <c>pairwise_distance</c> adds to every component of a difference, so that equal vectors have a gradient.</summary>
    private const double PairwiseDistanceEpsilon = 1e-6;

    /// <summary>Vectors whose inner product is the similarity: scaled to unit length for cosine (zero vectors stay zero), themselves for the inner product.</summary>
    public static Tensor Prepare(Tensor vectors, Similarity similarity) =>
        similarity == Similarity.Cosine ? nn.functional.normalize(vectors, p: 2, dim: -1) : vectors;

    /// <summary>Inner product of every row of <paramref name="left"/> (n × D) with every row of <paramref name="right"/> (m × D), n × m.</summary>
    public static Tensor OfAll(Tensor left, Tensor right) => left.matmul(right.t());

    /// <summary>Similarity of row i of <paramref name="left"/> with row i of <paramref name="right"/>, n.</summary>
    public static Tensor OfPairs(Tensor left, Tensor right, Similarity similarity) =>
        similarity == Similarity.Euclidean
            ? -linalg.norm((left - right).Plus(PairwiseDistanceEpsilon), dims: [-1])
            : (Prepare(left, similarity) * Prepare(right, similarity)).sum(-1);

    /// <summary>Similarity of each query with its own documents, B × (1 + N), positive first.</summary>
    public static Tensor OfOwnDocuments(EmbeddedBatch batch, Similarity similarity) =>
        stack([OfPairs(batch.Queries, batch.Positives, similarity), .. batch.Negatives.Select(negatives => OfPairs(batch.Queries, negatives, similarity))], dim: 1);
}
