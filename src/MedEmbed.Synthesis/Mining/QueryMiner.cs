using MedEmbed.Data.Pairs;
using MedEmbed.Synthesis.Mining.Filtering;
using MedEmbed.Synthesis.Mining.Passages;
using MedEmbed.Synthesis.Mining.Scoring;
using MedEmbed.Synthesis.Mining.Sources;

namespace MedEmbed.Synthesis.Mining;

/// <summary>Finds, filters, chooses and scores the negatives of a window's pairs.</summary>
internal sealed class QueryMiner(MiningOptions options, PassageCatalog catalog, ScorerSet scorers)
{
    private readonly CandidateLists _lists = new(options, catalog, scorers);
    private readonly ScoreRules _rules = new(options);
    private readonly IPassageScorer _margins = scorers[ScorerSet.MarginModel(options)];
    private readonly IPassageScorer? _second = options.FalseNegativeModel is { } model ? scorers[model] : null;
    private readonly TeacherScores _teachers = new([.. options.EffectiveTeachers.Select(teacher => (scorers[teacher.Model], teacher.Weight))]);
    private readonly int?[] _caps = [.. options.Sources.Select(source => source.Cap)];

    /// <summary>Mines the pairs of a window that repeat no earlier one, in order.</summary>
    public async Task<IReadOnlyList<MinedQuery>> MineAsync(QueryWindow window, CancellationToken cancellationToken)
    {
        await scorers.BeginAsync(window, cancellationToken).ConfigureAwait(false);
        _lists.Begin(window, cancellationToken);
        MinedQuery?[] mined = new MinedQuery?[window.Pairs.Count];
        Parallel.For(0, mined.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            if (!catalog.IsRepeated(window.FirstPair + i))
                mined[i] = Mine(window, i);
        });
        return [.. mined.OfType<MinedQuery>()];
    }

    private MinedQuery Mine(QueryWindow window, int query)
    {
        QueryPassagePair pair = window.Pairs[query];
        int positive = catalog.PositiveOf(pair);
        HashSet<int> positives = [];
        catalog.Positives.CopyTo(window.Hashes[query], positives);
        int[][] lists = [.. options.Sources.Select(source => _lists.Of(source.Kind, query, positive))];
        SortedDictionary<string, int> found = Found(lists);
        int[] candidates = [.. lists.SelectMany(list => list).Distinct()];

        // The positive goes first, then the candidates that may be negatives.
        int[] scored = [positive, .. candidates.Where(passage => !positives.Contains(passage))];
        Dictionary<int, int> places = new(scored.Length);
        for (int i = 0; i < scored.Length; i++)
            places[scored[i]] = i;
        float[] margins = new float[scored.Length];
        _margins.Score(query, scored, margins);
        HashSet<int> group = options.ExcludeGroup ? [.. catalog.Groups.Members(catalog.Groups.Of(positive, pair.NoteId))] : [];
        DropReason?[] drops = Check(query, scored, margins, group);
        for (int list = 0; list < lists.Length; list++)
            lists[list] = Order(lists[list].Where(passage => places.TryGetValue(passage, out int place) && place > 0 && drops[place] is null), options.Sources[list].Kind, window.Hashes[query], passage => margins[places[passage]]);
        List<(int Passage, int List)> chosen = TurnTaking.Choose(lists, _caps, options.Negatives);
        float[] scores = _teachers.Score(query, scored);
        return new MinedQuery
        {
            Pair = window.FirstPair + query,
            Positive = positive,
            PositiveScore = scores[0],
            PositiveMarginScore = margins[0],
            Negatives = [.. chosen.Select(choice => new MinedNegative(choice.Passage, scores[places[choice.Passage]], margins[places[choice.Passage]], SnakeCase.Of(options.Sources[choice.List].Kind)))],
            Found = found,
            Dropped = Dropped(drops, candidates.Length - (scored.Length - 1)),
            Candidates = candidates.Length,
        };
    }

    private DropReason?[] Check(int query, int[] scored, float[] margins, HashSet<int> group)
    {
        DropReason?[] drops = new DropReason?[scored.Length];
        float[] second = new float[_second is null ? 0 : scored.Length];
        _second?.Score(query, scored, second);
        for (int i = 1; i < scored.Length; i++)
        {
            drops[i] = group.Contains(scored[i]) ? DropReason.Group : _rules.Check(margins[i], margins[0]);
            if (drops[i] is null && _second is not null && _rules.IsFalseNegative(second[i], second[0]))
                drops[i] = DropReason.FalseNegative;
        }

        return drops;
    }

    private int[] Order(IEnumerable<int> passages, CandidateKind kind, UInt128 hash, Func<int, float> score)
    {
        int[] ordered = kind == CandidateKind.InGroup && options.Selection == NegativeSelection.Top
            ? [.. passages.OrderByDescending(score).ThenBy(passage => passage)]
            : [.. passages];
        if (options.Selection == NegativeSelection.Sample)
            new SeededDraw(options.Seed, hash, SnakeCase.Of(kind)).Shuffle(ordered);
        return ordered;
    }

    private SortedDictionary<string, int> Found(int[][] lists)
    {
        SortedDictionary<string, int> found = new(StringComparer.Ordinal);
        for (int i = 0; i < lists.Length; i++)
            found[SnakeCase.Of(options.Sources[i].Kind)] = lists[i].Length;
        return found;
    }

    private static SortedDictionary<string, int> Dropped(DropReason?[] drops, int positives)
    {
        SortedDictionary<string, int> dropped = new(StringComparer.Ordinal);
        if (positives > 0)
            dropped[SnakeCase.Of(DropReason.Positive)] = positives;
        foreach (DropReason reason in drops.OfType<DropReason>())
            dropped[SnakeCase.Of(reason)] = dropped.GetValueOrDefault(SnakeCase.Of(reason)) + 1;
        return dropped;
    }
}
