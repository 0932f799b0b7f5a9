using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace MedEmbed.Tokenization;

/// <summary>Pieces of up to 16 ASCII bytes, looked up by the bytes themselves: a word is two integers, a piece of it two shifts.</summary>
/// <remarks>Two hash tables with linear probing, for pieces that begin a word and pieces that continue one. Beside each stands, by
/// the piece's first three bytes, the set of lengths that occur, so that the longest match is found in few probes.
/// Immutable and thread-safe.</remarks>
internal sealed class AsciiPieces
{
    /// <summary>The longest word taken.</summary>
    public const int MaxLength = 16;

    private readonly Table _first;
    private readonly Table _continuation;
    private readonly int _unknownId;

    public AsciiPieces(Dictionary<string, int> first, Dictionary<string, int> continuation, int unknownId)
    {
        (_first, _continuation, _unknownId) = (new Table(first), new Table(continuation), unknownId);
    }

    /// <summary>Adds the pieces of a word, or the unknown token.</summary>
    /// <param name="low">Its first eight bytes, the first lowest, zeros behind its end.</param>
    /// <param name="high">The other eight.</param>
    /// <param name="length">1 to 16.</param>
    /// <param name="writer">Takes them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Tokenize(ulong low, ulong high, int length, ref TokenWriter writer)
    {
        int id = _first.Find(low, high);
        if (id >= 0)
            writer.Add(id);
        else
            TokenizeInPieces(low, high, length, ref writer);
    }

    private void TokenizeInPieces(ulong low, ulong high, int length, ref TokenWriter writer)
    {
        int before = writer.Count;
        Table pieces = _first;
        while (true)
        {
            int taken = pieces.FindLongest(low, high, length, out int id);
            if (taken == 0)
            {
                writer.TakeBack(before);
                writer.Add(_unknownId);
                return;
            }

            writer.Add(id);
            length -= taken;
            if (length == 0)
                return;
            (low, high) = ShiftOut(low, high, taken);
            pieces = _continuation;
        }
    }

    // Fewer than 16 bytes: a shift by 64 would be a shift by 0.
    private static (ulong Low, ulong High) ShiftOut(ulong low, ulong high, int bytes)
    {
        if (bytes >= 8)
            return (high >> ((bytes - 8) * 8), 0);
        int bits = bytes * 8;
        return ((low >> bits) | (high << 1 << (63 - bits)), high >> bits);
    }

    private sealed class Table
    {
        private const int LengthBits = 14;
        private readonly Entry[] _entries;
        private readonly ushort[] _lengths = new ushort[1 << LengthBits];
        private readonly int _shift;

        public Table(Dictionary<string, int> pieces)
        {
            var ascii = pieces.Where(piece => piece.Key.Length is > 0 and <= MaxLength && Ascii.IsValid(piece.Key)).ToList();
            int bits = BitOperations.Log2((uint)Math.Max(ascii.Count, 8)) + 2;
            _entries = new Entry[1 << bits];
            _shift = 64 - bits;
            Array.Fill(_entries, new Entry(0, 0, -1));
            Span<byte> bytes = stackalloc byte[MaxLength];
            foreach ((string piece, int id) in ascii)
            {
                bytes.Clear();
                Ascii.FromUtf16(piece, bytes, out _);
                ulong low = MemoryMarshal.Read<ulong>(bytes), high = MemoryMarshal.Read<ulong>(bytes[8..]);
                int slot = Slot(low, high);
                while (_entries[slot].Id >= 0)
                    slot = (slot + 1) & (_entries.Length - 1);
                _entries[slot] = new Entry(low, high, id);
                _lengths[LengthSlot(low)] |= (ushort)(1 << (piece.Length - 1));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Find(ulong low, ulong high)
        {
            Entry[] entries = _entries;
            for (int slot = Slot(low, high); ; slot++)
            {
                ref readonly Entry entry = ref entries[slot & (entries.Length - 1)];
                if ((entry.Low ^ low | entry.High ^ high) == 0 || entry.Id < 0)
                    return entry.Id;
            }
        }

        public int FindLongest(ulong low, ulong high, int length, out int id)
        {
            // Pieces of one and two bytes stand under their own first bytes only, so those lengths are always tried.
            uint lengths = (_lengths[LengthSlot(low)] | 0b11u) & ((1u << length) - 1);
            while (lengths != 0)
            {
                int candidate = BitOperations.Log2(lengths) + 1;
                id = candidate < 8
                    ? Find(low & ~(ulong.MaxValue << (candidate * 8)), 0)
                    : Find(low, candidate == MaxLength ? high : high & ~(ulong.MaxValue << ((candidate - 8) * 8)));
                if (id >= 0)
                    return candidate;
                lengths ^= 1u << (candidate - 1);
            }

            id = -1;
            return 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Slot(ulong low, ulong high) =>
            (int)((low * 0x9E3779B97F4A7C15 + high * 0xC2B2AE3D27D4EB4F) >> _shift);

        private static int LengthSlot(ulong low) =>
            (int)((uint)((low & 0xFFFFFF) * 0x9E3779B1) >> (32 - LengthBits));

        private readonly record struct Entry(ulong Low, ulong High, int Id);
    }
}
