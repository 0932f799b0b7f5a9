using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat.Scanning;
using MedEmbed.Retrieval.Flat.Storage;

namespace MedEmbed.Retrieval.Flat;

/// <summary>Exact search over vectors on disk: every query is compared with every row.</summary>
/// <remarks>
/// <para>An open index is one generation: later commits do not change it. Files are mapped, so they take memory only as they are read and are shared between processes.</para>
/// <para>Thread-safe. A search under way when the index is disposed ends normally; a later one is an <see cref="ObjectDisposedException"/>.</para>
/// <para>Hits of equal score are ordered by id, descending in UTF-8 bytes, as trec_eval orders a run. The first stage of an int8 or binary index takes candidates of equal
/// score in row order. A query's hits and scores have the same bits whether it is searched alone or in a batch, and with any number of threads.</para>
/// </remarks>
public sealed class FlatIndex : IDisposable
{
    private readonly IndexSnapshot _snapshot;

    private FlatIndex(IndexSnapshot snapshot, IndexInfo info) => (_snapshot, Info) = (snapshot, info);

    /// <summary>What the index is and holds.</summary>
    public IndexInfo Info { get; }

    /// <summary>Opens the index in <paramref name="folder"/>: the manifest and the headers of its files are verified, the rest by <see cref="Verify"/>.</summary>
    /// <exception cref="IndexFormatException">The folder holds no index, or a damaged, foreign or newer one.</exception>
    public static FlatIndex Open(string folder)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Indexes are little-endian and are used in place, which a big-endian processor cannot do.");
        IndexSnapshot snapshot = IndexSnapshot.Open(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return new FlatIndex(snapshot, InfoOf(snapshot));
    }

    /// <summary>Requires that queries are encoded by the index's model.</summary>
    /// <exception cref="IndexFormatException">Hash, dimensions or similarity of <paramref name="model"/> are others.</exception>
    public void EnsureModel(IndexModel model) => ModelCheck.Ensure(Info.Folder, Info.Model, model);

    /// <summary>The best <paramref name="top"/> documents for a query, best first; fewer where the index or the filter has no more.</summary>
    /// <exception cref="ArgumentException">The query has other dimensions than the index, or a number that is not finite.</exception>
    public SearchHit[] Search(ReadOnlySpan<float> query, int top, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (query.Length != Info.Model.Dimensions)
            throw WrongDimensions(query.Length);
        return Search(new EmbeddingMatrix(1, query.Length, query.ToArray()), top, options, cancellationToken)[0];
    }

    /// <summary>The best <paramref name="top"/> documents for each query: rows are read once for many queries, which is several times faster than one by one.</summary>
    /// <exception cref="ArgumentException">The queries have other dimensions than the index, or a number that is not finite.</exception>
    public SearchHit[][] Search(EmbeddingMatrix queries, int top, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new SearchOptions();
        options.Validate();
        if (queries.Dimensions != Info.Model.Dimensions)
            throw WrongDimensions(queries.Dimensions);
        using IndexSnapshot.Lease lease = _snapshot.Acquire();
        return new FlatSearch(_snapshot, options, top).Run(queries, cancellationToken);
    }

    /// <summary>Scores chosen rows for a query, as a search would score them; an int8 or binary index by its finest vectors.</summary>
    /// <param name="query">A vector of the index's model.</param>
    /// <param name="rows">Rows as <see cref="SearchHit.Row"/> tells them: without removals, documents in the order in which they were added.</param>
    /// <param name="scores">Gets a score for each row.</param>
    /// <exception cref="ArgumentException">The query has other dimensions than the index, or a number that is not finite; or there are fewer scores than rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is not of this index.</exception>
    public void Score(ReadOnlySpan<float> query, ReadOnlySpan<long> rows, Span<float> scores)
    {
        if (query.Length != Info.Model.Dimensions)
            throw WrongDimensions(query.Length);
        if (scores.Length < rows.Length)
            throw new ArgumentException($"{rows.Length} rows do not fit {scores.Length} scores.", nameof(scores));
        using IndexSnapshot.Lease lease = _snapshot.Acquire();
        foreach (long row in rows)
        {
            if (row < 0 || row >= _snapshot.Rows)
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"The index has {_snapshot.Rows} rows.");
        }

        var group = new QueryGroup(new EmbeddingMatrix(1, query.Length, query.ToArray()), 0, 1, _snapshot.Manifest.Similarity);
        new Rescorer(_snapshot, group, 0).Score(rows, scores);
    }

    /// <summary>The document of a hit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The hit is not of this index.</exception>
    public IndexedDocument Document(SearchHit hit)
    {
        using IndexSnapshot.Lease lease = _snapshot.Acquire();
        if (hit.Row < 0 || hit.Row >= _snapshot.Rows)
            throw new ArgumentOutOfRangeException(nameof(hit), hit.Row, $"The index has {_snapshot.Rows} rows.");
        OpenSegment segment = _snapshot.SegmentOf(hit.Row);
        return segment.Segment.Document((int)(hit.Row - segment.FirstRow));
    }

    /// <summary>The document of an id; null where there is none.</summary>
    public IndexedDocument? Document(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        using IndexSnapshot.Lease lease = _snapshot.Acquire();
        long row = _snapshot.Find(System.Text.Encoding.UTF8.GetBytes(id));
        if (row < 0)
            return null;
        OpenSegment segment = _snapshot.SegmentOf(row);
        return segment.Segment.Document((int)(row - segment.FirstRow));
    }

    /// <summary>The ids of all documents, in row order.</summary>
    public IEnumerable<string> Ids()
    {
        using IndexSnapshot.Lease lease = _snapshot.Acquire();
        for (int i = 0; i < _snapshot.Segments.Length; i++)
        {
            OpenSegment segment = _snapshot.Segments[i];
            for (int row = 0; row < segment.Segment.Rows; row++)
            {
                if (segment.Deleted?.Contains(row) != true)
                    yield return segment.Segment.Id(row);
            }
        }
    }

    /// <summary>Reads every file whole and compares it with its checksums.</summary>
    /// <exception cref="IndexFormatException">A file was changed; the message names it and the section.</exception>
    public void Verify(CancellationToken cancellationToken = default)
    {
        using IndexSnapshot.Lease lease = _snapshot.Acquire();
        foreach (OpenSegment segment in _snapshot.Segments)
            segment.Segment.Verify(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _snapshot.Dispose();

    private ArgumentException WrongDimensions(int given) =>
        new($"The query has {given} dimensions and the vectors of {Info.Folder} have {Info.Model.Dimensions}; encode it with \"{Info.Model.Name}\".");

    private static IndexInfo InfoOf(IndexSnapshot snapshot)
    {
        IndexManifest manifest = snapshot.Manifest;
        FileInfo file = new(Path.Combine(snapshot.Folder, ManifestFile.FileName));
        long removed = manifest.Segments.Sum(segment => segment.DeletedRows);
        return new IndexInfo
        {
            Folder = snapshot.Folder,
            Documents = snapshot.Rows - removed,
            Removed = removed,
            Model = manifest.Model,
            Vectors = manifest.Vectors,
            Rescore = manifest.Rescore,
            Bytes = file.Length + manifest.Segments.Sum(segment => segment.Bytes),
            Generation = manifest.Generation,
            Segments = manifest.Segments.Count,
            Updated = new DateTimeOffset(file.LastWriteTimeUtc),
            FormatVersion = ManifestFile.Version,
        };
    }
}
