using System.Buffers.Binary;
using static System.Text.Encoding;

namespace MedEmbed.Training.Libtorch;

/// <summary>The dynamic part of a 64-bit little-endian ELF library, as far as renaming one needed symbol takes (System V ABI, and the LSB's symbol versioning).</summary>
internal sealed class ElfImage
{
    private const int ProgramHeaderSize = 56;
    private const uint Loadable = 1;
    private const uint Dynamic = 2;
    private const long StringTableTag = 5;
    private const long StringSizeTag = 10;
    private const long VersionNeedTag = 0x6FFFFFFE;

    private readonly byte[] _bytes;
    private readonly int _strings;
    private readonly int _stringsLength;
    private readonly int _versionNeeds;

    /// <summary>Reads the tables' places; the image is changed in place afterwards.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such library.</exception>
    public ElfImage(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < 64 || !bytes.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException("It is no 64-bit little-endian ELF file.");
        int dynamic = SegmentOf(Dynamic);
        _strings = OffsetOf((ulong)DynamicValue(dynamic, StringTableTag));
        _stringsLength = checked((int)DynamicValue(dynamic, StringSizeTag));
        _versionNeeds = OffsetOf((ulong)DynamicValue(dynamic, VersionNeedTag));
        if (_strings + _stringsLength > bytes.Length)
            throw new InvalidDataException("Its string table runs past its end.");
    }

    /// <summary>Overwrites the name <paramref name="old"/> in the string table with <paramref name="replacement"/>, which may not be longer.</summary>
    public void Rename(string old, string replacement)
    {
        Span<byte> table = _bytes.AsSpan(_strings, _stringsLength);
        byte[] name = [0, .. ASCII.GetBytes(old), 0];
        int at = table.IndexOf(name);
        if (at < 0 || replacement.Length > old.Length)
            throw new InvalidDataException($"Its string table has no \"{old}\" that \"{replacement}\" fits in.");
        Span<byte> place = table.Slice(at + 1, old.Length);
        place.Clear();
        ASCII.GetBytes(replacement, place);
    }

    /// <summary>Asks for version <paramref name="replacement"/>, of the same length, where <paramref name="old"/> was asked for.</summary>
    public void RenameVersion(string old, string replacement)
    {
        int entry = VersionEntry(old);
        Rename(old, replacement);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(entry), HashOf(replacement));
    }

    /// <summary>The System V hash of a name, which version entries carry beside it.</summary>
    internal static uint HashOf(string name)
    {
        uint hash = 0;
        foreach (char letter in name)
        {
            hash = (hash << 4) + letter;
            uint high = hash & 0xF0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }

    private int VersionEntry(string name)
    {
        uint hash = HashOf(name);
        for (int need = _versionNeeds; ;)
        {
            int count = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(need + 2));
            int entry = need + (int)UInt32(need + 8);
            for (int i = 0; i < count; i++, entry += (int)UInt32(entry + 12))
            {
                if (UInt32(entry) == hash && StringAt((int)UInt32(entry + 8)) == name)
                    return entry;
            }

            uint next = UInt32(need + 12);
            if (next == 0)
                throw new InvalidDataException($"It asks for no version {name}.");
            need += (int)next;
        }
    }

    private string StringAt(int offset)
    {
        ReadOnlySpan<byte> rest = _bytes.AsSpan(_strings + offset, _stringsLength - offset);
        return ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private int SegmentOf(uint type)
    {
        foreach (int header in ProgramHeaders())
        {
            if (UInt32(header) == type)
                return checked((int)UInt64(header + 8));
        }

        throw new InvalidDataException("It is no dynamic library.");
    }

    private int OffsetOf(ulong address)
    {
        foreach (int header in ProgramHeaders())
        {
            ulong start = UInt64(header + 16);
            if (UInt32(header) == Loadable && address >= start && address < start + UInt64(header + 32))
                return checked((int)(UInt64(header + 8) + address - start));
        }

        throw new InvalidDataException("Its dynamic tables lie outside its segments.");
    }

    private IEnumerable<int> ProgramHeaders()
    {
        int first = checked((int)UInt64(32));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(56));
        for (int i = 0; i < count; i++)
            yield return first + (i * ProgramHeaderSize);
    }

    private long DynamicValue(int dynamic, long tag)
    {
        for (int entry = dynamic; UInt64(entry) != 0; entry += 16)
        {
            if ((long)UInt64(entry) == tag)
                return (long)UInt64(entry + 8);
        }

        throw new InvalidDataException("It lacks a dynamic table that symbol versions need.");
    }

    private uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset));

    private ulong UInt64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(offset));
}
