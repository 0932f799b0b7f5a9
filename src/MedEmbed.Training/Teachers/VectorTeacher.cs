using System.Numerics.Tensors;
using MedEmbed.Training.Sampling;
using MedEmbed.Vectors;

namespace MedEmbed.Training.Teachers;

/// <summary>Scores by the similarity that a model's folder names.</summary>
internal sealed class VectorTeacher(ModelVectors vectors) : ITeacher
{
    public void Score(TrainingBatch batch, Span<float> scores)
    {
        float[] queries = new float[batch.Examples.Count * vectors.Dimensions];
        float[] documents = new float[batch.DocumentCount * vectors.Dimensions];
        vectors.ReadQueries(batch, queries);
        vectors.ReadDocuments(batch, documents);
        if (vectors.Similarity == Similarity.Euclidean)
        {
            PairwiseScores.SquaredEuclidean(queries, documents, vectors.Dimensions, scores);
            TensorPrimitives.Sqrt(scores, scores);
            TensorPrimitives.Negate(scores, scores);
            return;
        }

        if (vectors.Similarity == Similarity.Cosine)
        {
            Normalize(queries);
            Normalize(documents);
        }

        PairwiseScores.Dot(queries, documents, vectors.Dimensions, scores);
    }

    public void Dispose() => vectors.Dispose();

    private void Normalize(float[] rows)
    {
        for (int start = 0; start < rows.Length; start += vectors.Dimensions)
            VectorMath.Normalize(rows.AsSpan(start, vectors.Dimensions));
    }
}
