using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MedEmbed.Data.NearDuplicates;

/// <summary>Finds the texts among those added that are near-duplicates of a text, by MinHash signatures and locality-sensitive hashing.</summary>
/// <remarks>
/// Keeps no text, only about 1.3 kB a text with the defaults. What is found has at least the threshold's estimated similarity; of the pairs just at the threshold
/// about one in a hundred is missed, of more similar ones fewer. Deterministic. Several threads may find at once while none adds.
/// </remarks>
public sealed class NearDuplicateIndex
{
    private const int None = -1;

    private readonly double _threshold;
    private readonly LshBanding _banding;
    private readonly MinHasher _hasher;
    private readonly List<MinHashSignature> _signatures = [];
    // Each band's texts are a chain: the newest by the band's hash, then for every text and band the one before it.
    private readonly Dictionary<ulong, int> _newest = [];
    private readonly List<int> _before = [];

    /// <summary>An empty index with <paramref name="options"/>; null is the defaults.</summary>
    public NearDuplicateIndex(NearDuplicateOptions? options = null)
    {
        options ??= NearDuplicateOptions.Default;
        (_threshold, _banding, _hasher) = (options.Threshold, LshBanding.For(options), new MinHasher(options));
    }

    /// <summary>Texts added.</summary>
    public int Count => _signatures.Count;

    /// <summary>Adds a text and gives its number. A text without words is never found.</summary>
    public int Add(string text)
    {
        MinHashSignature signature = _hasher.Sign(text);
        int number = _signatures.Count;
        _signatures.Add(signature);
        for (int band = 0; band < _banding.Bands; band++)
        {
            if (signature.IsEmpty)
            {
                _before.Add(None);
                continue;
            }

            ref int newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, KeyOf(signature, band), out bool there);
            _before.Add(there ? newest : None);
            newest = number;
        }

        return number;
    }

    /// <summary>The near-duplicates of a text, by their numbers.</summary>
    public IReadOnlyList<NearDuplicate> Find(string text)
    {
        MinHashSignature signature = _hasher.Sign(text);
        if (signature.IsEmpty)
            return [];
        SortedSet<int> candidates = [];
        for (int band = 0; band < _banding.Bands; band++)
        {
            int number = _newest.GetValueOrDefault(KeyOf(signature, band), None);
            for (; number != None; number = _before[(number * _banding.Bands) + band])
                candidates.Add(number);
        }

        return
        [
            .. candidates
                .Select(number => new NearDuplicate(number, signature.Similarity(_signatures[number])))
                .Where(found => found.Similarity >= _threshold),
        ];
    }

    private ulong KeyOf(MinHashSignature signature, int band) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(signature.Minima.Slice(band * _banding.Rows, _banding.Rows)), seed: band);
}
