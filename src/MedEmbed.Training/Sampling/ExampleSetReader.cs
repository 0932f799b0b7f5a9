using System.Globalization;
using System.Text.RegularExpressions;
using MedEmbed.Data;
using MedEmbed.Data.Triplets;
using MedEmbed.Training.Losses;

namespace MedEmbed.Training.Sampling;

/// <summary>Reads one source, once.</summary>
internal sealed class ExampleSetReader(TrainingSource source, ExampleLoadOptions options)
{
    private readonly TextTable _texts = new();
    private readonly List<ExampleRow> _rows = [];
    private readonly List<int> _passages = [];
    private readonly List<float> _scores = [];
    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal);
    private readonly Regex? _exclude = source.Exclude is { } pattern ? new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)) : null;
    private bool _anyScores;
    private long _triplets;
    private long _excluded;
    private long _contaminatedTriplets;
    private long _contaminatedNegatives;

    public async Task<ExampleSet> ReadAsync(CancellationToken cancellationToken)
    {
        if (options.Needs.HasFlag(LossNeeds.Negatives) && source.Negatives == 0)
            throw new ArgumentException($"Source \"{source.Name}\" has no negatives a query, but its loss needs at least one. Set the number of negatives to 1 or more, or choose a loss that takes negatives from the batch.");
        TripletSource file = await TripletSource.OpenAsync(source.Path, new TripletSourceOptions { Split = source.Split, SkipBadLines = options.SkipBadLines }, cancellationToken).ConfigureAwait(false);
        using ContentDigest digest = new();
        await foreach (Triplet triplet in file.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!source.Takes(triplet))
                continue;
            _triplets++;
            if (WithoutExcluded(triplet) is not { } wanted || WithoutContamination(wanted, file) is not { } kept)
                continue;
            RequireNeeds(kept, file);
            Add(kept, file.Line);
            digest.Add(kept);
        }

        if (_rows.Count == 0)
            throw new DataFormatException(file.File, null, Empty(file));
        _texts.Freeze();
        ExampleSetReport report = new(source, _triplets, _rows.Count, _excluded, _contaminatedTriplets, _contaminatedNegatives, file.Omitted, file.BadLines, digest.ToString());
        return new ExampleSet(source, file.File, _texts, [.. _rows], [.. _passages], _anyScores ? [.. _scores] : [], report);
    }

    private Triplet? WithoutExcluded(Triplet triplet)
    {
        if (_exclude is null)
            return triplet;
        if (_exclude.IsMatch(triplet.Query) || triplet.Positives.Any(_exclude.IsMatch))
        {
            _excluded++;
            return null;
        }

        int[] kept = [.. Enumerable.Range(0, triplet.Negatives.Count).Where(i => !_exclude.IsMatch(triplet.Negatives[i]))];
        return kept.Length == triplet.Negatives.Count
            ? triplet
            : triplet with { Negatives = [.. kept.Select(i => triplet.Negatives[i])], NegativeScores = triplet.NegativeScores is { } scores ? [.. kept.Select(i => scores[i])] : null };
    }

    private Triplet? WithoutContamination(Triplet triplet, TripletSource file)
    {
        if (options.Contamination is not { } check)
            return triplet;
        Triplet? clean = check.Examine(triplet, file.File, file.Line);
        if (!options.DropContaminated)
            return triplet;
        if (clean is null)
            _contaminatedTriplets++;
        else
            _contaminatedNegatives += triplet.Negatives.Count - clean.Negatives.Count;
        return clean;
    }

    private void RequireNeeds(Triplet triplet, TripletSource file)
    {
        int candidates = triplet.Negatives.Count + (source.RankPositives ? triplet.Positives.Count - 1 : 0);
        bool needsNegatives = options.Needs.HasFlag(LossNeeds.Negatives) || (options.Needs.HasFlag(LossNeeds.TeacherScores) && source.Negatives > 0);
        if (needsNegatives && candidates == 0)
            throw new DataFormatException(file.File, file.Line, "field \"neg\" is missing or empty, but the loss needs negatives. Mine them (medembed mine), leave the line out, or choose a loss that takes negatives from the batch.");
        if (options.Needs.HasFlag(LossNeeds.TeacherScores) && !HasScores(triplet))
            throw new DataFormatException(file.File, file.Line, "fields \"pos_scores\" and \"neg_scores\" are missing, but the loss learns from a teacher's scores. Add them, name teacher models that compute them, or choose another loss.");
        if (source.GroupBatches && triplet.Group is null)
            throw new DataFormatException(file.File, file.Line, "field \"group\" (\"note_id\" in pairs) is missing, but batches are made of whole groups. Add it, or turn group batches off for this source.");
    }

    private void Add(Triplet triplet, long line)
    {
        bool hasScores = HasScores(triplet);
        _anyScores |= hasScores;
        _rows.Add(new ExampleRow(_texts.Add(triplet.Query), _passages.Count, triplet.Positives.Count, triplet.Negatives.Count, hasScores, GroupOf(triplet), line));
        Add(triplet.Positives, hasScores ? triplet.PositiveScores : null);
        Add(triplet.Negatives, hasScores ? triplet.NegativeScores : null);
    }

    private void Add(IReadOnlyList<string> passages, IReadOnlyList<float>? scores)
    {
        for (int i = 0; i < passages.Count; i++)
        {
            _passages.Add(_texts.Add(passages[i]));
            _scores.Add(scores is null ? float.NaN : scores[i]);
        }
    }

    private int GroupOf(Triplet triplet)
    {
        if (triplet.Group is not { } group)
            return -1;
        if (!_groups.TryGetValue(group, out int number))
            _groups.Add(group, number = _groups.Count);
        return number;
    }

    private static bool HasScores(Triplet triplet) =>
        triplet.PositiveScores is not null && (triplet.NegativeScores is not null || triplet.Negatives.Count == 0);

    private string Empty(TripletSource file) =>
        _contaminatedTriplets > 0
            ? string.Create(CultureInfo.InvariantCulture, $"holds no example once the {_contaminatedTriplets} that overlap with benchmarks are left out. Name other data, or keep them.")
            : _triplets == 0 && (source.QueryTypes ?? source.Sources) is not null ? $"holds no triplet{Wanted("query_type", source.QueryTypes)}{Wanted("source", source.Sources)}. Name other query_types or sources, or leave them out."
            : $"holds no triplet{(file.Omitted.FirstReasons is [{ } first, ..] ? $" (as {first})" : file.BadLines.FirstReasons is [{ } fault, ..] ? $" (as {fault})" : "")}. Name a file with at least one.";

    private static string Wanted(string field, IReadOnlyList<string>? values) => values is null ? "" : $" whose \"{field}\" is {string.Join(" or ", values)}";
}
