namespace MedEmbed.Training.Merging;

/// <summary>Finds good weights for a mix with few evaluations: each member alone, all alike, then steps from one member to another.</summary>
/// <remarks>
/// Coordinate search on the simplex: from the best mix so far, weight moves between every two members, a quarter first; where no move betters the score the
/// step is halved, down to a sixteenth of an even share. Deterministic: a mix is scored once, and of equal scores the one tried first stays.
/// </remarks>
public static class WeightSearch
{
    /// <summary>Units that a member's even share is divided into.</summary>
    private const int UnitsPerMember = 16;

    /// <summary>Searches until no step betters the score, or the evaluations are used up.</summary>
    /// <param name="members">Number of models, at least 2.</param>
    /// <param name="evaluations">Mixes to score at most; at least <paramref name="members"/> + 1.</param>
    /// <param name="score">Scores a mix; higher is better.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Every mix in the order in which it was tried.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    /// <exception cref="InvalidOperationException">A score is not finite.</exception>
    public static async Task<IReadOnlyList<WeightTrial>> RunAsync(
        int members, int evaluations, Func<IReadOnlyList<double>, CancellationToken, ValueTask<double>> score, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(evaluations, members + 1);
        ArgumentNullException.ThrowIfNull(score);
        int total = members * UnitsPerMember;
        var tried = new TriedMixes(total, evaluations, score);
        for (int member = 0; member < members; member++)
            await tried.TryAsync([.. Enumerable.Range(0, members).Select(other => other == member ? total : 0)], cancellationToken).ConfigureAwait(false);
        await tried.TryAsync([.. Enumerable.Repeat(UnitsPerMember, members)], cancellationToken).ConfigureAwait(false);
        for (int step = total / 4; step >= 1 && tried.IsOpen;)
        {
            if (!await StepAsync(tried, members, step, cancellationToken).ConfigureAwait(false))
                step /= 2;
        }

        return tried.Trials;
    }

    /// <summary>The first of the best.</summary>
    public static WeightTrial Best(IReadOnlyList<WeightTrial> trials) => trials.MaxBy(trial => trial.Score) ?? throw new ArgumentException("There is no trial.", nameof(trials));

    /// <summary>Tries every move from the best mix, and says whether one bettered it.</summary>
    private static async Task<bool> StepAsync(TriedMixes tried, int members, int step, CancellationToken cancellationToken)
    {
        int[] start = tried.Best;
        for (int to = 0; to < members; to++)
        {
            for (int from = 0; from < members && tried.IsOpen; from++)
            {
                if (from == to || start[from] == 0)
                    continue;
                int[] moved = [.. start];
                int amount = Math.Min(step, moved[from]);
                moved[from] -= amount;
                moved[to] += amount;
                await tried.TryAsync(moved, cancellationToken).ConfigureAwait(false);
            }
        }

        return !tried.Best.SequenceEqual(start);
    }
}
