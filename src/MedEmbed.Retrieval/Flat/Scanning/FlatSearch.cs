using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat.Storage;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>A search: scan all rows on all threads, then score the candidates again where the first stage was coarse.</summary>
internal sealed class FlatSearch(IndexSnapshot snapshot, SearchOptions options, int top)
{
    private const int GroupQueries = 256;
    private const int ChunkRows = 4096;
    private const int Int8Oversampling = 4;
    private const int BinaryOversampling = 16;

    private readonly IndexManifest _manifest = snapshot.Manifest;
    private readonly ScanChunk[] _chunks = Chunks(snapshot);

    public SearchHit[][] Run(EmbeddingMatrix queries, CancellationToken cancellationToken)
    {
        SearchHit[][] hits = new SearchHit[queries.Rows][];
        for (int first = 0; first < queries.Rows; first += GroupQueries)
        {
            QueryGroup group = new(queries, first, Math.Min(GroupQueries, queries.Rows - first), _manifest.Similarity);
            ScoredItem[][] ranked = Rank(group, cancellationToken);
            for (int i = 0; i < ranked.Length; i++)
                hits[first + i] = Array.ConvertAll(ranked[i], item => new SearchHit(IdOf(item.Item), item.Score, item.Item));
        }

        return hits;
    }

    private ScoredItem[][] Rank(QueryGroup group, CancellationToken cancellationToken)
    {
        if (!Rescores(group))
            return Array.ConvertAll(Scan(group, Clip(top), new IdDescending(snapshot), cancellationToken), best => best.ToSortedArray());
        int oversampling = options.Oversampling ?? (_manifest.Vectors == StoredVectors.Binary ? BinaryOversampling : Int8Oversampling);
        TopK<LowerFirst>[] candidates = Scan(group, Clip((long)top * oversampling), default(LowerFirst), cancellationToken);
        ScoredItem[][] ranked = new ScoredItem[group.Count][];
        ParallelOptions parallel = Parallelism(cancellationToken);
        Parallel.For(0, group.Count, parallel, query => ranked[query] = new Rescorer(snapshot, group, query).Rank(candidates[query].Items, Clip(top)));
        return ranked;
    }

    private TopK<TTies>[] Scan<TTies>(QueryGroup group, int keep, TTies ties, CancellationToken cancellationToken)
        where TTies : struct, ITieOrder
    {
        RowScorer[] scorers = new RowScorer[snapshot.Segments.Length];
        for (int i = 0; i < scorers.Length; i++)
            scorers[i] = ScorerOf(snapshot.Segments[i].Segment, group);
        ChunkScanner<TTies> merged = NewScanner(group.Count, keep, ties);
        int threads = Math.Min(options.Threads ?? Environment.ProcessorCount, _chunks.Length);
        if (threads <= 1)
        {
            foreach (ScanChunk chunk in _chunks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                merged.Scan(snapshot.Segments[chunk.Segment], scorers[chunk.Segment], chunk.FirstRow, chunk.Rows);
            }

            return merged.Best;
        }

        Parallel.For(
            0,
            _chunks.Length,
            Parallelism(cancellationToken),
            () => NewScanner(group.Count, keep, ties),
            (index, _, scanner) =>
            {
                ScanChunk chunk = _chunks[index];
                scanner.Scan(snapshot.Segments[chunk.Segment], scorers[chunk.Segment], chunk.FirstRow, chunk.Rows);
                return scanner;
            },
            scanner =>
            {
                lock (merged)
                    scanner.MergeInto(merged);
            });
        return merged.Best;
    }

    private ChunkScanner<TTies> NewScanner<TTies>(int queries, int keep, TTies ties)
        where TTies : struct, ITieOrder => new(queries, keep, ChunkRows, ties, options.Filter);

    private RowScorer ScorerOf(Segment segment, QueryGroup group) => _manifest.Vectors switch
    {
        StoredVectors.F32 => new F32Scorer(segment, group),
        StoredVectors.Binary => new BinaryScorer(segment, group),
        _ when group.Similarity == Similarity.Euclidean => new Int8DistanceScorer(segment, group),
        _ => new Int8Scorer(segment, group),
    };

    // Distances to int8 rows are exact in the first stage already.
    private bool Rescores(QueryGroup group) =>
        _manifest.Rescore != RescoreVectors.None
        && !(_manifest.Rescore == RescoreVectors.Int8 && _manifest.Vectors == StoredVectors.Int8 && group.Similarity == Similarity.Euclidean);

    private ParallelOptions Parallelism(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = options.Threads ?? Environment.ProcessorCount, CancellationToken = cancellationToken };

    private int Clip(long wanted) => (int)Math.Clamp(Math.Min(wanted, snapshot.Rows), 1, Array.MaxLength);

    private string IdOf(long row)
    {
        OpenSegment segment = snapshot.SegmentOf(row);
        return segment.Segment.Id((int)(row - segment.FirstRow));
    }

    private static ScanChunk[] Chunks(IndexSnapshot snapshot)
    {
        List<ScanChunk> chunks = [];
        for (int i = 0; i < snapshot.Segments.Length; i++)
        {
            int rows = snapshot.Segments[i].Segment.Rows;
            for (int row = 0; row < rows; row += ChunkRows)
                chunks.Add(new ScanChunk(i, row, Math.Min(ChunkRows, rows - row)));
        }

        return [.. chunks];
    }
}
