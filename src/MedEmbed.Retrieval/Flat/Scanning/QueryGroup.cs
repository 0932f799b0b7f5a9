using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat.Storage;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>Some of the queries, prepared: unit length for cosine, and padded as the stored rows are.</summary>
internal sealed class QueryGroup
{
    private readonly float[] _padded;
    private readonly int _stride;

    /// <exception cref="ArgumentException">A query has a number that is not finite.</exception>
    public QueryGroup(EmbeddingMatrix queries, int first, int count, Similarity similarity)
    {
        (Count, Dimensions, Similarity) = (count, queries.Dimensions, similarity);
        _stride = RowLayout.F32Numbers(Dimensions);
        _padded = new float[count * _stride];
        for (int i = 0; i < count; i++)
        {
            Span<float> target = _padded.AsSpan(i * _stride, Dimensions);
            queries[first + i].CopyTo(target);
            foreach (float value in target)
            {
                if (!float.IsFinite(value))
                    throw new ArgumentException($"Query {first + i} holds a number that is not finite.", nameof(queries));
            }

            if (similarity == Similarity.Cosine)
                VectorMath.Normalize(target);
        }
    }

    public int Count { get; }

    public int Dimensions { get; }

    public Similarity Similarity { get; }

    public ReadOnlySpan<float> Padded => _padded;

    public ReadOnlySpan<float> PaddedRow(int query) => _padded.AsSpan(query * _stride, _stride);

    public ReadOnlySpan<float> this[int query] => _padded.AsSpan(query * _stride, Dimensions);
}
