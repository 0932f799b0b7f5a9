using System.IO.Hashing;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>One generation of an index, mapped. It stays usable while writers commit further ones.</summary>
/// <remarks>Its files stay mapped until the owner has disposed it and every <see cref="Lease"/> has ended, so no search reads memory that is gone.</remarks>
internal sealed class IndexSnapshot : IDisposable
{
    private const int OpenAttempts = 20;

    private readonly OpenSegment[] _segments;
    private int _holders = 1;
    private int _disposed;

    private IndexSnapshot(string folder, IndexManifest manifest, OpenSegment[] segments)
    {
        (Folder, Manifest, _segments) = (folder, manifest, segments);
        Rows = segments.Length == 0 ? 0 : segments[^1].FirstRow + segments[^1].Segment.Rows;
    }

    public string Folder { get; }

    public IndexManifest Manifest { get; }

    public ReadOnlySpan<OpenSegment> Segments => _segments;

    /// <summary>Rows, those deleted included.</summary>
    public long Rows { get; }

    public static IndexSnapshot Open(string folder)
    {
        for (int attempt = 1; ; attempt++)
        {
            IndexManifest manifest = ManifestFile.Read(folder);
            try
            {
                return Open(folder, manifest);
            }
            catch (IndexFormatException missing) when (missing.InnerException is FileNotFoundException && attempt < OpenAttempts
                && ManifestFile.Read(folder).Generation != manifest.Generation)
            {
                // A writer committed between the two reads and swept the files of the generation before.
            }
        }
    }

    /// <summary>Keeps the files mapped until the lease is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public Lease Acquire()
    {
        int holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
                return new Lease(this);
            holders = seen;
        }

        throw new ObjectDisposedException(nameof(FlatIndex));
    }

    public OpenSegment SegmentOf(long row)
    {
        (int low, int high) = (0, _segments.Length - 1);
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_segments[middle].FirstRow <= row)
                low = middle;
            else
                high = middle - 1;
        }

        return _segments[low];
    }

    public ReadOnlySpan<byte> IdUtf8(long row)
    {
        OpenSegment segment = SegmentOf(row);
        return segment.Segment.IdUtf8((int)(row - segment.FirstRow));
    }

    /// <summary>The row of an id; −1: none.</summary>
    public long Find(ReadOnlySpan<byte> id)
    {
        ulong hash = XxHash3.HashToUInt64(id);
        foreach (OpenSegment segment in _segments)
        {
            int row = segment.Segment.Find(id, hash, segment.Deleted);
            if (row >= 0)
                return segment.FirstRow + row;
        }

        return -1;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            Release();
    }

    private static IndexSnapshot Open(string folder, IndexManifest manifest)
    {
        List<OpenSegment> segments = [];
        try
        {
            long firstRow = 0;
            foreach (SegmentEntry entry in manifest.Segments)
            {
                segments.Add(OpenSegment.Open(folder, entry, manifest, firstRow));
                firstRow += entry.Rows;
            }

            return new IndexSnapshot(folder, manifest, [.. segments]);
        }
        catch
        {
            segments.ForEach(segment => segment.Segment.Dispose());
            throw;
        }
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0)
            return;
        foreach (OpenSegment segment in _segments)
            segment.Segment.Dispose();
    }

    public readonly struct Lease(IndexSnapshot snapshot) : IDisposable
    {
        public void Dispose() => snapshot.Release();
    }
}
