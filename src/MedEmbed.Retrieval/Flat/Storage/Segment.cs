using System.IO.Hashing;
using System.Runtime.InteropServices;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>A segment file, mapped: vectors, ids and documents of rows that never change. Thread-safe until disposed.</summary>
internal sealed unsafe class Segment : IDisposable
{
    private readonly MappedFile _file;
    private readonly SegmentHeader _header;
    private readonly byte* _f32;
    private readonly byte* _int8;
    private readonly byte* _binary;
    private readonly SegmentSection _ids;
    private readonly SegmentSection _idOffsets;
    private readonly SegmentSection _idHashes;
    private readonly SegmentSection _idRows;
    private readonly SegmentSection _documents;
    private readonly SegmentSection _documentOffsets;

    private Segment(MappedFile file, SegmentHeader header, IndexManifest manifest)
    {
        (_file, _header) = (file, header);
        _f32 = manifest.HasF32 ? file.Start + Require(SectionKind.F32Vectors).Offset : null;
        _int8 = manifest.HasInt8 ? file.Start + Require(SectionKind.Int8Vectors).Offset : null;
        _binary = manifest.HasBinary ? file.Start + Require(SectionKind.BinaryVectors).Offset : null;
        Int8Ranges = manifest.HasInt8 ? ReadRanges(Require(SectionKind.Int8Ranges)) : null;
        (_ids, _idOffsets) = (Require(SectionKind.Ids), Require(SectionKind.IdOffsets));
        (_idHashes, _idRows) = (Require(SectionKind.IdHashes), Require(SectionKind.IdRows));
        (_documents, _documentOffsets) = (Require(SectionKind.Documents), Require(SectionKind.DocumentOffsets));
    }

    public int Rows => (int)_header.Rows;

    public int Dimensions => _header.Dimensions;

    /// <summary>What the int8 codes stand for; null where the index holds none.</summary>
    public Int8Quantizer? Int8Ranges { get; }

    /// <summary>XXH3 of every id, ascending.</summary>
    public ReadOnlySpan<ulong> IdHashes => new(_file.Start + _idHashes.Offset, Rows);

    /// <exception cref="IndexFormatException">The file is missing, damaged, or not the one that the manifest names.</exception>
    public static Segment Open(string folder, SegmentEntry entry, IndexManifest manifest)
    {
        string path = Path.Combine(folder, entry.File);
        MappedFile file = MappedFile.Open(path, entry.Bytes);
        try
        {
            ReadOnlySpan<byte> head = file.Span(0, SegmentHeader.Bytes);
            SegmentHeader header = SegmentHeader.Read(path, head);
            if (HeaderChecksum(head) != entry.Header || header.FileLength != entry.Bytes || header.Rows != entry.Rows || header.Dimensions != manifest.Dimensions)
                throw new IndexFormatException(path, "its header is not the one that the manifest records: a segment of another index. Restore the file or build the index again.");
            return new Segment(file, header, manifest);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static string HeaderChecksum(ReadOnlySpan<byte> header) => Convert.ToHexStringLower(XxHash128.Hash(header));

    /// <summary>f32 rows with their padding.</summary>
    public ReadOnlySpan<float> F32(int row, int count)
    {
        int numbers = RowLayout.F32Numbers(Dimensions);
        return new ReadOnlySpan<float>(_f32 + (long)row * numbers * sizeof(float), count * numbers);
    }

    /// <summary>int8 rows with their padding.</summary>
    public ReadOnlySpan<sbyte> Int8(int row, int count)
    {
        int bytes = RowLayout.Int8Bytes(Dimensions);
        return new ReadOnlySpan<sbyte>(_int8 + (long)row * bytes, count * bytes);
    }

    /// <summary>Packed signs with their padding.</summary>
    public ReadOnlySpan<byte> Binary(int row, int count)
    {
        int bytes = RowLayout.BinaryBytes(Dimensions);
        return new ReadOnlySpan<byte>(_binary + (long)row * bytes, count * bytes);
    }

    /// <summary>The vector of a row as well as the segment knows it: f32, else from int8, else its signs.</summary>
    public void ReadVector(int row, Span<float> vector)
    {
        if (_f32 is not null)
        {
            F32(row, 1)[..Dimensions].CopyTo(vector);
        }
        else if (_int8 is not null)
        {
            Int8Ranges!.Dequantize(Int8(row, 1)[..Dimensions], vector);
        }
        else
        {
            ReadOnlySpan<byte> signs = Binary(row, 1);
            for (int i = 0; i < Dimensions; i++)
                vector[i] = (signs[i >> 3] & (0x80 >> (i & 7))) != 0 ? 1 : -1;
        }
    }

    public ReadOnlySpan<byte> IdUtf8(int row) => Item(_idOffsets, _ids, row);

    public string Id(int row) => System.Text.Encoding.UTF8.GetString(IdUtf8(row));

    public ReadOnlySpan<byte> Record(int row) => Item(_documentOffsets, _documents, row);

    public IndexedDocument Document(int row) => DocumentRecord.Read(_file.Path, Id(row), Record(row));

    public ReadOnlySpan<byte> MetadataUtf8(int row) => DocumentRecord.Metadata(_file.Path, Record(row));

    /// <summary>The last row of an id that <paramref name="deleted"/> does not hold; −1: none.</summary>
    public int Find(ReadOnlySpan<byte> id, ulong hash, DeletedRows? deleted)
    {
        ReadOnlySpan<ulong> hashes = IdHashes;
        int at = LowerBound(hashes, hash);
        for (; at < hashes.Length && hashes[at] == hash; at++)
        {
            int row = MemoryMarshal.Read<int>(_file.Span(_idRows.Offset + (long)at * sizeof(int), sizeof(int)));
            if ((uint)row >= (uint)Rows)
                throw new IndexFormatException(_file.Path, $"section {SectionKind.IdRows} names row {row} of {Rows}: the file is damaged. Restore it or build the index again.");
            if (deleted?.Contains(row) != true && IdUtf8(row).SequenceEqual(id))
                return row;
        }

        return -1;
    }

    /// <summary>Reads the whole file and compares every section with its checksum.</summary>
    /// <exception cref="IndexFormatException">A section was changed.</exception>
    public void Verify(CancellationToken cancellationToken)
    {
        const int Piece = 1 << 20;
        foreach (SegmentSection section in _header.Sections)
        {
            XxHash128 hash = new();
            for (long done = 0; done < section.Length; done += Piece)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.Append(_file.Span(section.Offset + done, (int)Math.Min(Piece, section.Length - done)));
            }

            if (hash.GetCurrentHashAsUInt128() != section.Checksum)
                throw new IndexFormatException(_file.Path, $"section {section.Kind} does not fit its checksum: the file is damaged. Restore it or build the index again.");
        }

        VerifyPadding();
    }

    public void Dispose() => _file.Dispose();

    // Between sections there are zeros; anything else there is damage too, if harmless.
    private void VerifyPadding()
    {
        long at = SegmentHeader.Bytes;
        foreach (SegmentSection section in _header.Sections.OrderBy(section => section.Offset))
        {
            if (section.Offset < at || section.Offset - at >= 64 || _file.Span(at, (int)(section.Offset - at)).ContainsAnyExcept((byte)0))
                throw new IndexFormatException(_file.Path, $"the bytes before section {section.Kind} are not the zeros they must be: the file is damaged. Restore it or build the index again.");
            at = section.Offset + section.Length;
        }

        if (at != _file.Length)
            throw new IndexFormatException(_file.Path, $"{_file.Length - at} bytes follow the last section: the file is damaged. Restore it or build the index again.");
    }

    private SegmentSection Require(SectionKind kind) =>
        _header.Find(kind) ?? throw new IndexFormatException(_file.Path, $"section {kind} is missing: the file is damaged. Restore it or build the index again.");

    private Int8Quantizer ReadRanges(SegmentSection section)
    {
        ReadOnlySpan<float> values = new(_file.Start + section.Offset, 2 * Dimensions);
        try
        {
            return new Int8Quantizer(values[..Dimensions], values[Dimensions..]);
        }
        catch (ArgumentException invalid)
        {
            throw new IndexFormatException(_file.Path, $"section {section.Kind}: {invalid.Message} The file is damaged; restore it or build the index again.", invalid);
        }
    }

    // Offsets are checked at every use: a damaged file must not make the process read what is not its own.
    private ReadOnlySpan<byte> Item(SegmentSection offsets, SegmentSection bytes, int row)
    {
        ReadOnlySpan<long> bounds = MemoryMarshal.Cast<byte, long>(_file.Span(offsets.Offset + (long)row * sizeof(long), 2 * sizeof(long)));
        (long start, long end) = (bounds[0], bounds[1]);
        if (start < 0 || end < start || end > bytes.Length || end - start > int.MaxValue)
            throw new IndexFormatException(_file.Path, $"section {offsets.Kind} places row {row} at {start} to {end} of {bytes.Length} bytes: the file is damaged. Restore it or build the index again.");
        return _file.Span(bytes.Offset + start, (int)(end - start));
    }

    private static int LowerBound(ReadOnlySpan<ulong> hashes, ulong hash)
    {
        (int low, int high) = (0, hashes.Length);
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            if (hashes[middle] < hash)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
