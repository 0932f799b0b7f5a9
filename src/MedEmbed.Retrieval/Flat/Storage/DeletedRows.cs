using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Rows of a segment that were removed or replaced: a bit a row, in a file of its own, since segments never change.</summary>
internal sealed class DeletedRows
{
    private const int HeadBytes = 32;

    private readonly ulong[] _bits;

    public DeletedRows(int rows) => (Rows, _bits) = (rows, new ulong[(rows + 63) / 64]);

    private DeletedRows(int rows, ulong[] bits)
    {
        (Rows, _bits) = (rows, bits);
        foreach (ulong word in bits)
            Count += BitOperations.PopCount(word);
    }

    private static ReadOnlySpan<byte> Magic => "MEDEMBFD"u8;

    public int Rows { get; }

    public int Count { get; private set; }

    public bool Contains(int row) => (_bits[row >> 6] >> (row & 63) & 1) != 0;

    /// <returns>False where it was deleted already.</returns>
    public bool Add(int row)
    {
        if (Contains(row))
            return false;
        _bits[row >> 6] |= 1UL << (row & 63);
        Count++;
        return true;
    }

    public void Write(string path)
    {
        byte[] bytes = new byte[HeadBytes + _bits.Length * sizeof(ulong)];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), SegmentHeader.Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Rows);
        MemoryMarshal.AsBytes(_bits.AsSpan()).CopyTo(bytes.AsSpan(HeadBytes));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), Checksum(bytes));
        DurableFile.Write(path, stream => stream.Write(bytes));
    }

    /// <exception cref="IndexFormatException">The file is missing, damaged or of another segment.</exception>
    public static DeletedRows Read(string path, int rows)
    {
        int length = HeadBytes + (rows + 63) / 64 * sizeof(ulong);
        using MappedFile file = MappedFile.Open(path, length);
        ReadOnlySpan<byte> bytes = file.Span(0, length);
        if (!bytes[..8].SequenceEqual(Magic))
            throw Damaged(path, "magic", "it does not begin with MEDEMBFD");
        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version > SegmentHeader.Version)
            throw new IndexFormatException(path, $"field \"version\" is {version} and this program reads up to {SegmentHeader.Version}. Use a newer version of it.");
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) != Checksum(bytes))
            throw Damaged(path, "checksum", "it does not fit the content");
        if (BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]) != rows)
            throw Damaged(path, "rows", $"it is not of a segment of {rows} rows");
        return new DeletedRows(rows, MemoryMarshal.Cast<byte, ulong>(bytes[HeadBytes..]).ToArray());
    }

    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        XxHash3 hash = new();
        hash.Append(bytes[..24]);
        hash.Append(bytes[HeadBytes..]);
        return hash.GetCurrentHashAsUInt64();
    }

    private static IndexFormatException Damaged(string path, string field, string problem) =>
        new(path, $"field \"{field}\": {problem}. The file is damaged; restore it or build the index again.");
}
