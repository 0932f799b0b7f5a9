using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MedEmbed.Training.Teachers;

/// <summary>Where what stands in a file of vectors, little-endian: a head of magic, dimensions and key; then records of text key (16 bytes), checksum (8) and f16 vector.</summary>
internal sealed class VectorStoreLayout
{
    private const int KeyBytes = 16;
    private const int VectorStart = KeyBytes + sizeof(ulong);

    private readonly int _dimensions;

    /// <param name="dimensions">Numbers a vector has.</param>
    /// <param name="key">Names what made the vectors; 64 hexadecimal digits.</param>
    public VectorStoreLayout(int dimensions, string key)
    {
        _dimensions = dimensions;
        byte[] head = [.. "MEDVEC01"u8, .. new byte[sizeof(int)], .. Convert.FromHexString(key)];
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), dimensions);
        Head = head;
    }

    public ReadOnlyMemory<byte> Head { get; }

    public int RecordBytes => VectorStart + (_dimensions * sizeof(ushort));

    public static void Write(UInt128 text, ReadOnlySpan<float> vector, Span<byte> record)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(record, text);
        TensorPrimitives.ConvertToHalf(vector, MemoryMarshal.Cast<byte, Half>(record[VectorStart..]));
        BinaryPrimitives.WriteUInt64LittleEndian(record[KeyBytes..], ChecksumOf(record));
    }

    /// <summary>The text of a record; null where the record is damaged.</summary>
    public static UInt128? TextOf(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt64LittleEndian(record[KeyBytes..]) == ChecksumOf(record) ? BinaryPrimitives.ReadUInt128LittleEndian(record) : null;

    public static void ReadVector(ReadOnlySpan<byte> record, Span<float> vector) =>
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(record[VectorStart..]), vector);

    private static ulong ChecksumOf(ReadOnlySpan<byte> record)
    {
        XxHash64 hash = new(seed: 1);
        hash.Append(record[..KeyBytes]);
        hash.Append(record[VectorStart..]);
        return hash.GetCurrentHashAsUInt64();
    }
}
