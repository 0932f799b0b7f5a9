namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>A row of the leaderboard: one system.</summary>
public sealed record LeaderboardRow
{
    /// <summary>The system.</summary>
    public required SystemResults System { get; init; }

    /// <summary>Its name, with the revision where two systems share the name.</summary>
    public required string Title { get; init; }

    /// <summary>Its results in the order of the leaderboard's tasks; null where there is none.</summary>
    public required IReadOnlyList<LeaderboardCell?> Cells { get; init; }

    /// <summary>Whether the scores were published by others rather than measured here.</summary>
    public bool IsPublished => System.Published is not null;

    /// <summary>Prompts as shown beside the scores: one where all tasks had the same, else with the tasks of each.</summary>
    public required string Prompts { get; init; }

    /// <summary>The unweighted mean over all tasks, or null unless the system has the metric on every task.</summary>
    public double? Mean(string metric)
    {
        double sum = 0;
        foreach (LeaderboardCell? cell in Cells)
        {
            if (cell?.Score(metric) is not { } score)
                return null;
            sum += score;
        }

        return Cells.Count > 0 ? sum / Cells.Count : null;
    }

    /// <summary>The remarks on the data behind <see cref="Mean"/>, each once.</summary>
    public IEnumerable<LeaderboardNote> Notes => Cells.Select(static cell => cell?.Note).OfType<LeaderboardNote>().Distinct().OrderBy(static note => note.Mark.Length).ThenBy(static note => note.Mark, StringComparer.Ordinal);
}
