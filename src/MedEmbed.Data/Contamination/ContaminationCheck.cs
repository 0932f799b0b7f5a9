using System.Runtime.InteropServices;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Data.Contamination;

/// <summary>Compares training data with benchmarks, one triplet after the other, and keeps the counts.</summary>
/// <remarks>Every query, positive and negative is compared with every query and document. Of the training data only hashes are kept, about 60 bytes a distinct text. Not thread-safe.</remarks>
/// <param name="benchmarks">What to compare with.</param>
public sealed class ContaminationCheck(BenchmarkTexts benchmarks)
{
    private readonly Dictionary<UInt128, Examined> _texts = [];
    private readonly Dictionary<(string Benchmark, BenchmarkTextKind Text, TrainingTextRole Role), long[]> _counts = [];
    private readonly List<OverlapExample> _examples = [];
    private long _triplets;
    private long _contaminatedTriplets;
    private long _contaminatedNegatives;

    /// <summary>Examines all texts of a triplet.</summary>
    /// <param name="triplet">The triplet.</param>
    /// <param name="file">The file it is from, for examples.</param>
    /// <param name="line">The line it is from, from 1.</param>
    /// <returns>What is left of it: the triplet itself where nothing overlaps, the triplet without the negatives that do, or null where its query or a positive does.</returns>
    public Triplet? Examine(Triplet triplet, string file, long line)
    {
        ArgumentNullException.ThrowIfNull(triplet);
        ArgumentNullException.ThrowIfNull(file);
        _triplets++;
        bool contaminated = Examine(triplet.Query, TrainingTextRole.Query, file, line);
        foreach (string positive in triplet.Positives)
            contaminated |= Examine(positive, TrainingTextRole.Positive, file, line);
        List<int> clean = new(triplet.Negatives.Count);
        for (int i = 0; i < triplet.Negatives.Count; i++)
        {
            if (!Examine(triplet.Negatives[i], TrainingTextRole.Negative, file, line))
                clean.Add(i);
        }

        if (contaminated)
        {
            _contaminatedTriplets++;
            return null;
        }

        if (clean.Count == triplet.Negatives.Count)
            return triplet;
        _contaminatedNegatives += triplet.Negatives.Count - clean.Count;
        return triplet with
        {
            Negatives = [.. clean.Select(i => triplet.Negatives[i])],
            NegativeScores = triplet.NegativeScores is { } scores ? [.. clean.Select(i => scores[i])] : null,
        };
    }

    /// <summary>Examines one text, for data in other forms; says whether it overlaps with a benchmark.</summary>
    /// <param name="text">The text.</param>
    /// <param name="role">What it is in training.</param>
    /// <param name="file">The file it is from, for examples.</param>
    /// <param name="line">The line it is from, from 1.</param>
    public bool Examine(string text, TrainingTextRole role, string file, long line)
    {
        ArgumentNullException.ThrowIfNull(text);
        ref Examined examined = ref CollectionsMarshal.GetValueRefOrAddDefault(_texts, NormalizedText.Hash(text), out bool there);
        IReadOnlyList<BenchmarkOverlap> overlaps = there ? examined.Overlaps ?? [] : benchmarks.Find(text);
        int roles = examined.Roles | (1 << (int)role);
        bool first = roles != examined.Roles;
        examined = new Examined(overlaps.Count > 0 ? overlaps : null, roles);
        if (first)
        {
            foreach (BenchmarkOverlap overlap in overlaps)
                Count(overlap, role, file, line);
        }

        return overlaps.Count > 0;
    }

    /// <summary>What was found so far.</summary>
    public ContaminationReport Report() => new()
    {
        Benchmarks = benchmarks.Benchmarks,
        Options = benchmarks.Options,
        Triplets = _triplets,
        DistinctTexts = _texts.Count,
        ContaminatedTriplets = _contaminatedTriplets,
        ContaminatedNegatives = _contaminatedNegatives,
        Overlaps =
        [
            .. _counts.OrderBy(count => count.Key.Benchmark, StringComparer.Ordinal).ThenBy(count => (count.Key.Text, count.Key.Role)).Select(count => new OverlapCount(
                count.Key.Benchmark,
                count.Key.Text,
                count.Key.Role,
                count.Value[(int)OverlapKind.Exact],
                count.Value[(int)OverlapKind.Normalized],
                count.Value[(int)OverlapKind.NearDuplicate],
                count.Value[^1])),
        ],
        Examples = [.. _examples],
    };

    private void Count(BenchmarkOverlap overlap, TrainingTextRole role, string file, long line)
    {
        (string, BenchmarkTextKind, TrainingTextRole) key = (overlap.Benchmark, overlap.Text, role);
        if (!_counts.TryGetValue(key, out long[]? counts))
            _counts[key] = counts = new long[Enum.GetValues<OverlapKind>().Length + 1];
        if (++counts[(int)overlap.Kind] <= benchmarks.Options.MaxExamples)
            _examples.Add(new OverlapExample(role, file, line, overlap));
        if (overlap.IsShort)
            counts[^1]++;
    }

    /// <summary>A text that was met: its overlaps (null for none) and the roles it was met in, a bit each.</summary>
    private readonly record struct Examined(IReadOnlyList<BenchmarkOverlap>? Overlaps, int Roles);
}
