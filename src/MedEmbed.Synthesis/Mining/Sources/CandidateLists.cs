using MedEmbed.Data.Pairs;
using MedEmbed.Synthesis.Mining.Passages;
using MedEmbed.Synthesis.Mining.Scoring;

namespace MedEmbed.Synthesis.Mining.Sources;

/// <summary>Lists candidates for the queries of a window, source by source.</summary>
internal sealed class CandidateLists(MiningOptions options, PassageCatalog catalog, ScorerSet scorers)
{
    private readonly int _randomDraws = Math.Max(4 * options.Negatives, 32);
    private QueryWindow? _window;
    private Dictionary<CandidateKind, int[][]> _ranked = [];

    /// <summary>Takes up a window, whose queries the scorers have.</summary>
    public void Begin(QueryWindow window, CancellationToken cancellationToken)
    {
        _window = window;
        _ranked = [];
        if (options.Uses(CandidateKind.Bm25))
            _ranked[CandidateKind.Bm25] = scorers[null].Rank(options.Depth, cancellationToken);
        if (options.Uses(CandidateKind.Dense))
            _ranked[CandidateKind.Dense] = scorers[options.Model].Rank(options.Depth, cancellationToken);
    }

    /// <summary>The candidates of a source, best first (random ones as they were drawn, those of the group by number).</summary>
    public int[] Of(CandidateKind kind, int query, int positive) => kind switch
    {
        CandidateKind.Random => Draw(query),
        CandidateKind.InGroup => Siblings(query, positive),
        _ => [.. _ranked[kind][query].Skip(options.SkipRanks)],
    };

    private int[] Draw(int query)
    {
        var draw = new SeededDraw(options.Seed, _window!.Hashes[query], "random");
        if (catalog.Candidates <= _randomDraws)
        {
            int[] all = [.. Enumerable.Range(0, catalog.Candidates)];
            draw.Shuffle(all);
            return all;
        }

        HashSet<int> seen = [];
        List<int> drawn = [];
        while (drawn.Count < _randomDraws)
        {
            int passage = draw.Next(catalog.Candidates);
            if (seen.Add(passage))
                drawn.Add(passage);
        }

        return [.. drawn];
    }

    private int[] Siblings(int query, int positive)
    {
        QueryPassagePair pair = _window!.Pairs[query];
        int[] members = [.. catalog.Groups.Members(catalog.Groups.Of(positive, pair.NoteId)).Where(passage => passage != positive && passage < catalog.Candidates)];
        if (members.Length <= options.Depth)
            return members;
        new SeededDraw(options.Seed, _window.Hashes[query], "group").Shuffle(members);
        return members[..options.Depth];
    }
}
