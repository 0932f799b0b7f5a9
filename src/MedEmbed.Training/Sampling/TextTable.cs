using System.IO.Hashing;
using System.Runtime.InteropServices;
using MedEmbed.Data.Texts;

namespace MedEmbed.Training.Sampling;

/// <summary>Distinct texts as UTF-8 in large blocks, each known by a number.</summary>
/// <remarks>About 36 bytes a text beside its own, and 24 more until <see cref="Freeze"/>. Thread-safe for reading once frozen.</remarks>
internal sealed class TextTable
{
    private const int BlockBytes = 1 << 20;

    private readonly List<byte[]> _blocks = [];
    private readonly List<Place> _places = [];
    private readonly List<UInt128> _normalized = [];
    private Dictionary<UInt128, int>? _numbers = [];
    private int _used = BlockBytes;

    public int Count => _places.Count;

    public string this[int text]
    {
        get
        {
            Place place = _places[text];
            return System.Text.Encoding.UTF8.GetString(_blocks[place.Block], place.Start, place.Length);
        }
    }

    /// <summary>The hash of the text's normalised form, by which texts are the same that differ in case, punctuation and white space alone.</summary>
    public UInt128 NormalizedHash(int text) => _normalized[text];

    /// <summary>UTF-8 bytes of a text.</summary>
    public int LengthOf(int text) => _places[text].Length;

    /// <summary>The number of <paramref name="text"/>, which is added where it is new.</summary>
    public int Add(string text)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers!, XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text.AsSpan())), out bool there);
        if (!there)
        {
            number = _places.Count;
            _places.Add(Store(text));
            _normalized.Add(NormalizedText.HashOf(text));
        }

        return number;
    }

    /// <summary>Ends additions.</summary>
    public void Freeze()
    {
        _numbers = null;
        _places.TrimExcess();
        _normalized.TrimExcess();
    }

    private Place Store(string text)
    {
        int length = System.Text.Encoding.UTF8.GetByteCount(text);
        if (_used + length > BlockBytes)
        {
            _blocks.Add(new byte[Math.Max(length, BlockBytes)]);
            _used = 0;
        }

        Place place = new(_blocks.Count - 1, _used, length);
        System.Text.Encoding.UTF8.GetBytes(text, _blocks[^1].AsSpan(_used));
        _used += length;
        return place;
    }

    private readonly record struct Place(int Block, int Start, int Length);
}
