using System.Buffers.Binary;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Where a section lies in a segment file. Stored little-endian in 40 bytes.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="RowBytes">Bytes a row takes, padding included; 0 where rows differ.</param>
/// <param name="Offset">First byte, a multiple of 64.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Checksum">XXH128 of the bytes.</param>
internal readonly record struct SegmentSection(SectionKind Kind, int RowBytes, long Offset, long Length, UInt128 Checksum)
{
    public const int Bytes = 40;

    public static SegmentSection Read(ReadOnlySpan<byte> source) => new(
        (SectionKind)BinaryPrimitives.ReadInt32LittleEndian(source),
        BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
        BinaryPrimitives.ReadUInt128LittleEndian(source[24..]));

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, (int)Kind);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], RowBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], Offset);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], Length);
        BinaryPrimitives.WriteUInt128LittleEndian(target[24..], Checksum);
    }
}
