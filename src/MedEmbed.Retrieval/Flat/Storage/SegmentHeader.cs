using System.Buffers.Binary;
using System.IO.Hashing;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>The first 4,096 bytes of a segment file: magic, version, length, rows, dimensions, sections, and an XXH3 of it all in the last 8.</summary>
internal sealed record SegmentHeader(long FileLength, long Rows, int Dimensions, IReadOnlyList<SegmentSection> Sections)
{
    public const int Bytes = 4096;
    public const int Version = 1;

    private const int FirstSection = 40;
    private const int ChecksumOffset = Bytes - sizeof(ulong);
    private const int MaxSections = (ChecksumOffset - FirstSection) / SegmentSection.Bytes;

    private static ReadOnlySpan<byte> Magic => "MEDEMBFS"u8;

    public void Write(Span<byte> target)
    {
        target = target[..Bytes];
        target.Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], FileLength);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], Rows);
        BinaryPrimitives.WriteInt32LittleEndian(target[32..], Dimensions);
        BinaryPrimitives.WriteInt32LittleEndian(target[36..], Sections.Count);
        for (int i = 0; i < Sections.Count; i++)
            Sections[i].Write(target[(FirstSection + i * SegmentSection.Bytes)..]);
        BinaryPrimitives.WriteUInt64LittleEndian(target[ChecksumOffset..], XxHash3.HashToUInt64(target[..ChecksumOffset]));
    }

    /// <exception cref="IndexFormatException">The header breaks a rule of the format.</exception>
    public static SegmentHeader Read(string path, ReadOnlySpan<byte> source)
    {
        if (!source[..Magic.Length].SequenceEqual(Magic))
            throw Damaged(path, "magic", "it does not begin with MEDEMBFS: not a segment of a flat index");
        int version = BinaryPrimitives.ReadInt32LittleEndian(source[8..]);
        if (version > Version)
            throw new IndexFormatException(path, $"field \"version\" is {version} and this program reads up to {Version}. Use a newer version of it.");
        if (BinaryPrimitives.ReadUInt64LittleEndian(source[ChecksumOffset..]) != XxHash3.HashToUInt64(source[..ChecksumOffset]))
            throw Damaged(path, "checksum", "it does not fit the header");
        if (version < 1)
            throw Damaged(path, "version", $"{version} is no version");
        int headerBytes = BinaryPrimitives.ReadInt32LittleEndian(source[12..]);
        if (headerBytes != Bytes)
            throw Damaged(path, "header length", $"{headerBytes}, which must be {Bytes}");
        int count = BinaryPrimitives.ReadInt32LittleEndian(source[36..]);
        if (count is < 0 or > MaxSections)
            throw Damaged(path, "section count", $"{count}, which must be 0 to {MaxSections}");
        SegmentSection[] sections = new SegmentSection[count];
        for (int i = 0; i < count; i++)
            sections[i] = SegmentSection.Read(source[(FirstSection + i * SegmentSection.Bytes)..]);
        SegmentHeader header = new(
            BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[32..]),
            sections);
        header.Validate(path);
        return header;
    }

    /// <summary>The section of <paramref name="kind"/>; null where the segment has none.</summary>
    public SegmentSection? Find(SectionKind kind)
    {
        foreach (SegmentSection section in Sections)
        {
            if (section.Kind == kind)
                return section;
        }

        return null;
    }

    private void Validate(string path)
    {
        if (Rows is < 1 or > int.MaxValue - 1)
            throw Damaged(path, "rows", $"{Rows}, which must be 1 to {int.MaxValue - 1}");
        if (Dimensions is < 1 or > 65_536)
            throw Damaged(path, "dimensions", $"{Dimensions}, which must be 1 to 65,536");
        foreach (SegmentSection section in Sections)
        {
            if (section.Offset % 64 != 0 || section.Offset < Bytes || section.Length < 0 || section.Offset > FileLength - section.Length)
                throw Damaged(path, $"section {section.Kind}", $"{section.Length} bytes at {section.Offset} do not fit a file of {FileLength}");
            if (ExpectedLength(section) is { } expected && section.Length != expected)
                throw Damaged(path, $"section {section.Kind}", $"{section.Length} bytes where {Rows} rows of {Dimensions} dimensions take {expected}");
        }
    }

    private long? ExpectedLength(SegmentSection section) => section.Kind switch
    {
        SectionKind.F32Vectors => Rows * RowLayout.F32Bytes(Dimensions),
        SectionKind.Int8Vectors => Rows * RowLayout.Int8Bytes(Dimensions),
        SectionKind.BinaryVectors => Rows * RowLayout.BinaryBytes(Dimensions),
        SectionKind.Int8Ranges => 2L * sizeof(float) * Dimensions,
        SectionKind.IdOffsets or SectionKind.DocumentOffsets => (Rows + 1) * sizeof(long),
        SectionKind.IdHashes => Rows * sizeof(ulong),
        SectionKind.IdRows => Rows * sizeof(int),
        _ => null,
    };

    private static IndexFormatException Damaged(string path, string field, string problem) =>
        new(path, $"field \"{field}\": {problem}. The file is damaged; restore it or build the index again.");
}
