using System.Runtime.CompilerServices;

namespace MedEmbed.Tokenization.Unicode;

/// <summary>Properties of every code point as the Hugging Face tokenizers library has them. Immutable and thread-safe.</summary>
/// <remarks>Carried with the library, since neither ICU nor one Unicode version gives the same answers: that library takes
/// categories from Unicode 8.0, decompositions and combining classes from 9.0, and letter case from its Rust toolchain.</remarks>
internal sealed class UnicodeTable
{
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;

    private readonly ushort[] _pageStarts;
    private readonly CodePointTraits[] _pages;
    private readonly Dictionary<int, int[]> _lower;
    private readonly Dictionary<int, int[]> _decompositions;
    private readonly Dictionary<int, byte> _orders;

    internal UnicodeTable(CodePointTraits[] traits, Dictionary<int, int[]> lower, Dictionary<int, int[]> decompositions, Dictionary<int, byte> orders)
    {
        (_lower, _decompositions, _orders) = (lower, decompositions, orders);
        (_pageStarts, _pages) = Compress(traits);
    }

    /// <summary>The table that stands in this assembly.</summary>
    public static UnicodeTable Default { get; } = UnicodeTableReader.ReadEmbedded();

    /// <summary>The traits of a Unicode scalar value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CodePointTraits TraitsOf(int codePoint) =>
        _pages[(_pageStarts[codePoint >> PageBits] << PageBits) + (codePoint & (PageSize - 1))];

    /// <summary>The lower-case form of a code point that <see cref="CodePointTraits.Lowers"/>: one code point, two for U+0130. No context rules.</summary>
    public ReadOnlySpan<int> LowerOf(int codePoint) => _lower[codePoint];

    /// <summary>The full canonical decomposition of a code point that <see cref="CodePointTraits.Decomposes"/>.</summary>
    public ReadOnlySpan<int> DecompositionOf(int codePoint) => _decompositions[codePoint];

    /// <summary>The rank of the canonical combining class of a code point that <see cref="CodePointTraits.Reorders"/>: lower ranks stand first.</summary>
    public byte OrderOf(int codePoint) => _orders[codePoint];

    private static (ushort[] Starts, CodePointTraits[] Pages) Compress(CodePointTraits[] traits)
    {
        var starts = new ushort[traits.Length >> PageBits];
        List<int> distinct = [];
        Dictionary<int, List<int>> byHash = [];
        for (int page = 0; page < starts.Length; page++)
        {
            ReadOnlySpan<CodePointTraits> content = traits.AsSpan(page << PageBits, PageSize);
            HashCode hash = default;
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(content));
            int key = hash.ToHashCode();
            if (!byHash.TryGetValue(key, out List<int>? same))
                byHash[key] = same = [];
            int found = -1;
            foreach (int candidate in same)
            {
                if (content.SequenceEqual(traits.AsSpan(distinct[candidate] << PageBits, PageSize)))
                    found = candidate;
            }

            if (found < 0)
            {
                found = distinct.Count;
                distinct.Add(page);
                same.Add(found);
            }

            starts[page] = (ushort)found;
        }

        var pages = new CodePointTraits[distinct.Count << PageBits];
        for (int i = 0; i < distinct.Count; i++)
            traits.AsSpan(distinct[i] << PageBits, PageSize).CopyTo(pages.AsSpan(i << PageBits));
        return (starts, pages);
    }
}
