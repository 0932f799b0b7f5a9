using System.Buffers;
using MedEmbed.Retrieval.Flat.Storage;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>Scores candidates again with the unrounded query and the index's finer vectors.</summary>
internal sealed class Rescorer(IndexSnapshot snapshot, QueryGroup queries, int query)
{
    public ScoredItem[] Rank(ReadOnlySpan<ScoredItem> candidates, int top)
    {
        TopK<IdDescending> best = new(top, new IdDescending(snapshot));
        int stride = RowLayout.F32Numbers(queries.Dimensions);
        float[] values = ArrayPool<float>.Shared.Rent(stride);
        Span<float> vector = values.AsSpan(0, stride);
        vector.Clear();
        foreach (ScoredItem candidate in candidates)
            best.Add(Score(candidate.Item, vector), candidate.Item);
        ArrayPool<float>.Shared.Return(values);
        return best.ToSortedArray();
    }

    /// <summary>Scores rows in the order given.</summary>
    public void Score(ReadOnlySpan<long> rows, Span<float> scores)
    {
        int stride = RowLayout.F32Numbers(queries.Dimensions);
        float[] values = ArrayPool<float>.Shared.Rent(stride);
        Span<float> vector = values.AsSpan(0, stride);
        vector.Clear();
        for (int i = 0; i < rows.Length; i++)
            scores[i] = Score(rows[i], vector);
        ArrayPool<float>.Shared.Return(values);
    }

    private float Score(long item, Span<float> vector)
    {
        OpenSegment segment = snapshot.SegmentOf(item);
        segment.Segment.ReadVector((int)(item - segment.FirstRow), vector[..queries.Dimensions]);
        float score = 0;
        F32Scores.Compute(queries.Similarity, queries.PaddedRow(query), vector, vector.Length, new Span<float>(ref score));
        return score;
    }
}
