using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>For each pair of measured systems, on how many (task, metric) values one is higher.</summary>
/// <remarks>All retrieval metrics at all cut-offs that both files have, on tasks whose data are the same. nAUC is about confidence rather than rank, and <c>main_score</c> and <c>accuracy</c> repeat other values; they do not count.</remarks>
public sealed class HeadToHeadMatrix
{
    private static readonly string[] Families = ["ndcg", "map", "recall", "precision", "mrr", "hit_rate"];
    private readonly HeadToHead[,] _results;

    internal HeadToHeadMatrix(IReadOnlyList<LeaderboardRow> rows)
    {
        Rows = rows;
        _results = new HeadToHead[rows.Count, rows.Count];
        for (int first = 0; first < rows.Count; first++)
        {
            for (int second = 0; second < rows.Count; second++)
            {
                if (first != second)
                    _results[first, second] = Compare(rows[first], rows[second]);
            }
        }
    }

    /// <summary>The systems, in the order of the leaderboard.</summary>
    public IReadOnlyList<LeaderboardRow> Rows { get; }

    /// <summary>The wins, ties and losses of the row <paramref name="first"/> against <paramref name="second"/>, indexes into <see cref="Rows"/>.</summary>
    public HeadToHead this[int first, int second] => _results[first, second];

    /// <summary>The share of all its comparisons that a system wins, from 0 to 1; null where it was compared with nothing.</summary>
    public double? WinShare(int row)
    {
        int wins = 0, compared = 0;
        for (int other = 0; other < Rows.Count; other++)
        {
            wins += _results[row, other].Wins;
            compared += _results[row, other].Compared;
        }

        return compared > 0 ? (double)wins / compared : null;
    }

    /// <summary>Whether a key of a result file counts.</summary>
    internal static bool Counts(string metric) => Families.Any(family => metric.StartsWith(family + "_at_", StringComparison.Ordinal));

    private static HeadToHead Compare(LeaderboardRow first, LeaderboardRow second)
    {
        List<double> ours = [], theirs = [];
        foreach ((LeaderboardCell? one, LeaderboardCell? other) in first.Cells.Zip(second.Cells))
        {
            if (one is null || other is null || !one.Result.IsComparableTo(other.Result))
                continue;
            foreach ((string metric, double score) in one.Result.Scores)
            {
                if (Counts(metric) && other.Score(metric) is { } against)
                {
                    ours.Add(score);
                    theirs.Add(against);
                }
            }
        }

        return HeadToHead.Of([.. ours], [.. theirs]);
    }
}
