using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>Tests every pair of systems on every task that both have per-query scores of, and corrects for the number of tests.</summary>
internal static class SignificanceTests
{
    private sealed record Pairing(LeaderboardTask Task, LeaderboardRow First, LeaderboardRow Second, TaskScores One, TaskScores Other);

    public static IReadOnlyList<TaskComparison> Run(
        IReadOnlyList<LeaderboardTask> tasks, IReadOnlyList<LeaderboardRow> rows, LeaderboardOptions options, CancellationToken cancellationToken)
    {
        Pairing[] pairings = [.. Pairings(tasks, rows, options.MainMetric)];
        var paired = new PairedComparison[pairings.Length];
        Parallel.For(0, pairings.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => paired[i] = Test(pairings[i], options));
        double[] pValues = [.. paired.Select(static comparison => comparison.Randomization.PValue)];
        double[] corrected = options.Correction == PValueCorrection.Holm ? MultipleComparisons.Holm(pValues) : MultipleComparisons.BenjaminiHochberg(pValues);
        return
        [
            .. pairings.Select((pairing, i) => new TaskComparison(
                pairing.Task, pairing.First, pairing.Second, paired[i], corrected[i], corrected[i] < options.SignificanceLevel)),
        ];
    }

    private static IEnumerable<Pairing> Pairings(IReadOnlyList<LeaderboardTask> tasks, IReadOnlyList<LeaderboardRow> rows, string metric)
    {
        for (int task = 0; task < tasks.Count; task++)
        {
            for (int first = 0; first < rows.Count; first++)
            {
                for (int second = first + 1; second < rows.Count; second++)
                {
                    if (rows[first].Cells[task]?.Result is { } one && rows[second].Cells[task]?.Result is { } other
                        && one.IsComparableTo(other) && HasQueries(one, metric) && HasQueries(other, metric))
                    {
                        yield return new Pairing(tasks[task], rows[first], rows[second], one, other);
                    }
                }
            }
        }
    }

    private static bool HasQueries(TaskScores result, string metric) => result.PerQuery?.Values.Any(scores => scores.ContainsKey(metric)) ?? false;

    private static PairedComparison Test(Pairing pairing, LeaderboardOptions options)
    {
        try
        {
            return PairedComparison.Of(Scores(pairing.One, options.MainMetric), Scores(pairing.Other, options.MainMetric), options.Significance);
        }
        catch (EvaluationException failure)
        {
            throw new EvaluationException($"{pairing.One.File} and {pairing.Other.File}: {failure.Message}", failure);
        }
    }

    private static Dictionary<string, double> Scores(TaskScores result, string metric)
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach ((string query, IReadOnlyDictionary<string, double> metrics) in result.PerQuery!)
        {
            if (metrics.TryGetValue(metric, out double score))
                scores[query] = score;
        }

        return scores;
    }
}
