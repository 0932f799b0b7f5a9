using System.Numerics.Tensors;
using MedEmbed.Retrieval.Filtering;
using MedEmbed.Retrieval.Flat.Storage;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>One thread's part of a scan: the best rows for each query among the chunks it was given.</summary>
/// <remarks>Whether a row is deleted or filtered out is asked only once its score would enter, and once for all queries.</remarks>
internal sealed class ChunkScanner<TTies>
    where TTies : ITieOrder
{
    // A block of rows stays in the first-level cache while all queries pass over it.
    private const int BlockBytes = 24 << 10;
    private const int MaxBlockRows = 256;

    private readonly DocumentFilter? _filter;
    private readonly StoredRow _view = new();
    private readonly float[] _scores;
    private readonly bool?[] _accepted;

    public ChunkScanner(int queries, int top, int chunkRows, TTies ties, DocumentFilter? filter)
    {
        _filter = filter;
        Best = new TopK<TTies>[queries];
        for (int i = 0; i < queries; i++)
            Best[i] = new TopK<TTies>(top, ties);
        _scores = new float[queries * MaxBlockRows];
        _accepted = filter is null ? [] : new bool?[chunkRows];
    }

    /// <summary>The best rows so far, a selection a query.</summary>
    public TopK<TTies>[] Best { get; }

    public void Scan(OpenSegment segment, RowScorer scorer, int firstRow, int rows)
    {
        Array.Clear(_accepted);
        int blockRows = Math.Clamp(BlockBytes / scorer.RowBytes & ~3, 4, MaxBlockRows);
        for (int done = 0; done < rows; done += blockRows)
        {
            int block = Math.Min(blockRows, rows - done);
            Span<float> scores = _scores.AsSpan(0, Best.Length * block);
            scorer.Score(firstRow + done, block, scores);
            for (int query = 0; query < Best.Length; query++)
                Offer(segment, Best[query], scores.Slice(query * block, block), firstRow + done, done);
        }
    }

    public void MergeInto(ChunkScanner<TTies> other)
    {
        for (int query = 0; query < Best.Length; query++)
        {
            foreach (ScoredItem item in Best[query].Items)
                other.Best[query].Add(item.Score, item.Item);
        }
    }

    private void Offer(OpenSegment segment, TopK<TTies> best, ReadOnlySpan<float> scores, int firstRow, int firstInChunk)
    {
        if (TensorPrimitives.Max(scores) < best.Threshold)
            return;
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] < best.Threshold)
                continue;
            long item = segment.FirstRow + firstRow + i;
            if (best.WouldKeep(scores[i], item) && segment.Deleted?.Contains(firstRow + i) != true && Accepts(segment, firstRow + i, firstInChunk + i))
                best.Add(scores[i], item);
        }
    }

    private bool Accepts(OpenSegment segment, int row, int inChunk) =>
        _filter is null || (_accepted[inChunk] ??= _filter.Matches(_view.At(segment.Segment, row)));
}
