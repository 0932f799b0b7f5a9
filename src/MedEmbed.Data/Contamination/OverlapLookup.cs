using System.Runtime.InteropServices;
using MedEmbed.Data.NearDuplicates;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Contamination;

/// <summary>Benchmarks' texts by hash, by hash of the normalised form, and by signature.</summary>
internal sealed class OverlapLookup(ContaminationOptions options)
{
    private readonly List<(string Name, string QueriesPath, string CorpusPath)> _benchmarks = [];
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<UInt128, int> _newestExact = [];
    private readonly Dictionary<UInt128, int> _newestNormalized = [];
    // Numbers of its texts are numbers of _distinct: each normalised form stands in it once, since equal forms are found by their hash.
    private readonly NearDuplicateIndex? _near = options.NearDuplicates is { } near ? new NearDuplicateIndex(near) : null;
    private readonly List<UInt128> _distinct = [];

    public int AddBenchmark(string name, string queriesPath, string corpusPath)
    {
        _benchmarks.Add((name, queriesPath, corpusPath));
        return _benchmarks.Count - 1;
    }

    /// <summary>Adds a text; one without letter or digit is nobody's.</summary>
    public void Add(int benchmark, BenchmarkTextKind kind, string text, long line)
    {
        string normalized = NormalizedText.Of(text);
        if (normalized.Length == 0)
            return;
        UInt128 exact = ExactHash(text);
        UInt128 form = NormalizedText.Hash(normalized);
        if (Chain(_newestExact, exact, entry => entry.BeforeExact).Any(entry => entry.Benchmark == benchmark && entry.Kind == kind))
            return;
        ref int newestExact = ref CollectionsMarshal.GetValueRefOrAddDefault(_newestExact, exact, out bool exactThere);
        ref int newestNormalized = ref CollectionsMarshal.GetValueRefOrAddDefault(_newestNormalized, form, out bool formThere);
        bool isShort = normalized.AsSpan().Count(' ') + 1 < options.ShortTextWords;
        _entries.Add(new Entry(benchmark, kind, isShort, line, exactThere ? newestExact : Entry.None, formThere ? newestNormalized : Entry.None));
        newestExact = newestNormalized = _entries.Count - 1;
        if (formThere || _near is null)
            return;
        _near.Add(normalized);
        _distinct.Add(form);
    }

    public IReadOnlyList<BenchmarkOverlap> Find(string text)
    {
        string normalized = NormalizedText.Of(text);
        if (normalized.Length == 0)
            return [];
        Dictionary<(int, BenchmarkTextKind), BenchmarkOverlap> closest = [];
        Collect(closest, Chain(_newestExact, ExactHash(text), entry => entry.BeforeExact), OverlapKind.Exact, 1);
        Collect(closest, Chain(_newestNormalized, NormalizedText.Hash(normalized), entry => entry.BeforeNormalized), OverlapKind.Normalized, 1);
        foreach (NearDuplicate near in (_near?.Find(normalized) ?? []).OrderByDescending(near => near.Similarity).ThenBy(near => near.Number))
            Collect(closest, Chain(_newestNormalized, _distinct[near.Number], entry => entry.BeforeNormalized), OverlapKind.NearDuplicate, near.Similarity);
        return closest.Count == 0 ? [] : [.. closest.OrderBy(overlap => overlap.Key).Select(overlap => overlap.Value)];
    }

    private static UInt128 ExactHash(string text) => NormalizedText.Hash(text.AsSpan().Trim());

    private IEnumerable<Entry> Chain(Dictionary<UInt128, int> newest, UInt128 hash, Func<Entry, int> before)
    {
        for (int entry = newest.GetValueOrDefault(hash, Entry.None); entry != Entry.None; entry = before(_entries[entry]))
            yield return _entries[entry];
    }

    private void Collect(Dictionary<(int, BenchmarkTextKind), BenchmarkOverlap> closest, IEnumerable<Entry> entries, OverlapKind kind, double similarity)
    {
        // Chains run from the newest text to the oldest; the first of a file is the one to show.
        foreach (Entry entry in entries.Reverse())
        {
            (string name, string queries, string corpus) = _benchmarks[entry.Benchmark];
            string file = entry.Kind == BenchmarkTextKind.Query ? queries : corpus;
            closest.TryAdd((entry.Benchmark, entry.Kind), new BenchmarkOverlap(name, entry.Kind, kind, entry.IsShort, similarity, file, entry.Line));
        }
    }

    private readonly record struct Entry(int Benchmark, BenchmarkTextKind Kind, bool IsShort, long Line, int BeforeExact, int BeforeNormalized)
    {
        public const int None = -1;
    }
}
