using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Changes to an index that become its next generation all at once. Shared by builder and writer; not thread-safe.</summary>
internal sealed class IndexTransaction : IDisposable
{
    private readonly string _folder;
    private readonly SegmentBuffer _buffer;
    private readonly ArrayBufferWriter<byte> _record = new();
    private readonly float[] _vector;
    private readonly HashSet<ulong> _idHashes = [];
    private readonly List<WritableSegment> _segments = [];
    private IndexManifest _manifest;
    private bool _changed;

    /// <summary>Begins from the manifest in <paramref name="folder"/>, whose lock the caller holds.</summary>
    public IndexTransaction(string folder, IndexManifest manifest)
    {
        (_folder, _manifest) = (folder, manifest);
        _buffer = new SegmentBuffer(manifest.Dimensions);
        _vector = new float[manifest.Dimensions];
        try
        {
            foreach (SegmentEntry entry in manifest.Segments)
                Open(entry);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IndexManifest Manifest => _manifest;

    /// <summary>Documents after the changes so far.</summary>
    public long Documents => _segments.Sum(segment => segment.LiveRows) + _buffer.LiveRows;

    /// <summary>Segments written, committed or not.</summary>
    public int SegmentCount => _segments.Count;

    /// <exception cref="ArgumentException">The id exists, or document or vector break a rule.</exception>
    public void Add(IndexedDocument document, ReadOnlySpan<float> vector)
    {
        byte[] id = IdUtf8(document.Id);
        if (Find(id, out _) is not null || _buffer.Contains(document.Id))
            throw new ArgumentException($"Document id \"{document.Id}\" is in the index already; ids are unique. Replace the document, or remove it first.", nameof(document));
        Append(document, id, vector);
    }

    public void Replace(IndexedDocument document, ReadOnlySpan<float> vector)
    {
        byte[] id = IdUtf8(document.Id);
        Validate(document, vector);
        Remove(document.Id, id);
        Append(document, id, vector);
    }

    public bool Remove(string id) => Remove(id, IdUtf8(id));

    /// <summary>Writes what is buffered as a segment that no manifest names yet.</summary>
    public void Flush()
    {
        if (_buffer.LiveRows > 0)
        {
            SegmentEntry entry = SegmentWriter.Write(_folder, NextFile("segment", ".seg"), _buffer, _manifest);
            Open(entry);
        }

        _buffer.Clear();
    }

    /// <summary>Makes the changes the next generation and removes the files of the last one.</summary>
    /// <param name="build">The build to record.</param>
    /// <param name="merge">Whether to merge small and sparse segments.</param>
    /// <param name="cancellationToken">Cancels before the commit, not in it.</param>
    /// <param name="flush">Whether buffered rows are part of it; otherwise they wait for the next.</param>
    /// <returns>False where nothing had changed.</returns>
    public bool Commit(BuildEntry? build, bool merge, CancellationToken cancellationToken, bool flush = true)
    {
        if (!_changed && build == _manifest.Build && _manifest.Generation > 0)
            return false;
        cancellationToken.ThrowIfCancellationRequested();
        if (flush)
            Flush();
        if (merge)
            Merge(cancellationToken);
        foreach (WritableSegment segment in _segments)
            segment.WriteDeleted(_folder, () => NextFile("deleted", ".bits"));
        DropEmptySegments();
        IndexManifest next = _manifest with
        {
            Generation = _manifest.Generation + 1,
            Segments = [.. _segments.Select(segment => segment.Entry)],
            Build = build,
        };
        cancellationToken.ThrowIfCancellationRequested();
        ManifestFile.Write(_folder, next);
        (_manifest, _changed) = (next, _buffer.LiveRows > 0);
        StaleFiles.Delete(_folder, next);
        return true;
    }

    public void Dispose()
    {
        foreach (WritableSegment segment in _segments)
            segment.Dispose();
        _segments.Clear();
    }

    private static byte[] IdUtf8(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        byte[] utf8 = DocumentRecord.Encode(id, id, "id");
        return utf8.Length <= ushort.MaxValue ? utf8 : throw new ArgumentException($"A document id has {utf8.Length} bytes; at most 65,535 are allowed.", nameof(id));
    }

    private void Validate(IndexedDocument document, ReadOnlySpan<float> vector)
    {
        if (vector.Length != _manifest.Dimensions)
            throw new ArgumentException($"Document \"{document.Id}\": its vector has {vector.Length} dimensions and the index {_manifest.Dimensions}.", nameof(vector));
        foreach (float value in vector)
        {
            if (!float.IsFinite(value))
                throw new ArgumentException($"Document \"{document.Id}\": its vector holds {value.ToString(CultureInfo.InvariantCulture)}; all numbers must be finite.", nameof(vector));
        }

        _record.ResetWrittenCount();
        DocumentRecord.Write(document, _record);
    }

    private void Append(IndexedDocument document, byte[] id, ReadOnlySpan<float> vector)
    {
        Validate(document, vector);
        vector.CopyTo(_vector);
        if (_manifest.Similarity == Similarity.Cosine)
            VectorMath.Normalize(_vector);
        if (_buffer.Rows > 0 && _buffer.Bytes + _record.WrittenCount > _manifest.SegmentBytes)
            Flush();
        _buffer.Add(document.Id, id, _record.WrittenSpan, _vector);
        _changed = true;
        if (_buffer.Rows >= _manifest.SegmentRows)
            Flush();
    }

    private bool Remove(string id, byte[] utf8)
    {
        if (_buffer.Remove(id))
            return _changed = true;
        if (Find(utf8, out int row) is not { } segment)
            return false;
        segment.Delete(row);
        return _changed = true;
    }

    // Most ids of a growing index are new: their hash is unknown, and no file is touched.
    private WritableSegment? Find(byte[] utf8, out int row)
    {
        ulong hash = XxHash3.HashToUInt64(utf8);
        row = -1;
        if (!_idHashes.Contains(hash))
            return null;
        foreach (WritableSegment segment in _segments)
        {
            row = segment.Segment.Find(utf8, hash, segment.Deleted);
            if (row >= 0)
                return segment;
        }

        return null;
    }

    private void Open(SegmentEntry entry)
    {
        WritableSegment opened = new(OpenSegment.Open(_folder, entry, _manifest, firstRow: 0));
        _segments.Add(opened);
        foreach (ulong hash in opened.Segment.IdHashes)
            _idHashes.Add(hash);
    }

    private void Merge(CancellationToken cancellationToken)
    {
        while (SegmentMerging.Choose(_segments, _manifest) is { Count: > 0 } chosen)
        {
            foreach (WritableSegment segment in chosen)
            {
                for (int row = 0; row < segment.Segment.Rows; row++)
                {
                    if (segment.Deleted?.Contains(row) == true)
                        continue;
                    segment.Segment.ReadVector(row, _vector);
                    AppendStored(segment.Segment, row);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }

            Flush();
            foreach (WritableSegment segment in chosen)
            {
                _segments.Remove(segment);
                segment.Dispose();
            }
        }
    }

    private void AppendStored(Segment segment, int row)
    {
        if (_buffer.Rows > 0 && _buffer.Bytes + segment.Record(row).Length > _manifest.SegmentBytes)
            Flush();
        _buffer.Add(segment.Id(row), segment.IdUtf8(row), segment.Record(row), _vector);
        if (_buffer.Rows >= _manifest.SegmentRows)
            Flush();
    }

    private void DropEmptySegments()
    {
        foreach (WritableSegment empty in _segments.Where(segment => segment.LiveRows == 0).ToArray())
        {
            _segments.Remove(empty);
            empty.Dispose();
        }
    }

    private string NextFile(string stem, string extension)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{_manifest.NextFile:D8}{extension}");
        _manifest = _manifest with { NextFile = _manifest.NextFile + 1 };
        return name;
    }
}
