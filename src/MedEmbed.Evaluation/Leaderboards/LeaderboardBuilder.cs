using System.Globalization;

namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>Arranges systems into rows, tasks into columns, and remarks into footnotes.</summary>
internal static class LeaderboardBuilder
{
    public static Leaderboard Build(
        IReadOnlyList<SystemResults> systems, IReadOnlyList<string> passedOver, LeaderboardOptions options, CancellationToken cancellationToken)
    {
        foreach (string metric in options.Metrics)
            RequireMetric(systems, metric);
        TaskKey[] keys = [.. systems.SelectMany(static system => system.Results.Keys).Distinct().Order()];
        LeaderboardTask[] tasks = [.. keys.Select(key => new LeaderboardTask(key, TitleOf(key, keys)))];
        LeaderboardNote[] notes = NotesOf(keys, systems);
        LeaderboardRow[] rows = [.. Ranked(systems.Select(system => RowOf(system, tasks, notes, systems)), options.MainMetric)];
        LeaderboardRow[] measured = [.. rows.Where(static row => !row.IsPublished)];
        return new Leaderboard
        {
            Options = options,
            Tasks = tasks,
            Rows = rows,
            Notes = notes,
            HeadToHead = new HeadToHeadMatrix(measured),
            Comparisons = SignificanceTests.Run(tasks, measured, options, cancellationToken),
            PassedOver = passedOver,
        };
    }

    private static void RequireMetric(IReadOnlyList<SystemResults> systems, string metric)
    {
        if (systems.Any(system => system.Results.Values.Any(result => result.Scores.ContainsKey(metric))))
            return;
        string some = string.Join(", ", systems.SelectMany(static system => system.Results.Values).SelectMany(static result => result.Scores.Keys).Where(HeadToHeadMatrix.Counts).Distinct().Order(StringComparer.Ordinal).Take(6));
        throw new EvaluationException($"no result has the metric \"{metric}\"; metrics are written as in the result files: {some}, ….");
    }

    private static string TitleOf(TaskKey key, IReadOnlyList<TaskKey> keys)
    {
        bool severalSubsets = keys.Any(other => other.Name == key.Name && other.Split == key.Split && other.Subset != key.Subset);
        string[] parts = [.. Parts()];
        return parts.Length == 0 ? key.Name : $"{key.Name} ({string.Join(", ", parts)})";

        IEnumerable<string> Parts()
        {
            if (key.Split != TaskKey.TestSplit)
                yield return key.Split;
            if (severalSubsets)
                yield return key.Subset;
        }
    }

    private static LeaderboardNote[] NotesOf(IReadOnlyList<TaskKey> keys, IReadOnlyList<SystemResults> systems) =>
    [
        .. keys.SelectMany(key => systems.Select(system => system.Results.GetValueOrDefault(key)?.Note))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(static (text, index) => new LeaderboardNote(MarkOf(index), text)),
    ];

    private static string MarkOf(int index) =>
        index < 26 ? ((char)('a' + index)).ToString() : MarkOf((index / 26) - 1) + (char)('a' + (index % 26));

    private static LeaderboardRow RowOf(SystemResults system, IReadOnlyList<LeaderboardTask> tasks, IReadOnlyList<LeaderboardNote> notes, IReadOnlyList<SystemResults> all)
    {
        LeaderboardCell?[] cells =
        [
            .. tasks.Select(task => system.Results.TryGetValue(task.Key, out TaskScores? result)
                ? new LeaderboardCell(result, notes.FirstOrDefault(note => note.Text == result.Note), system.Model.TrainedOn(task.Key.Name))
                : null),
        ];
        bool sharesName = all.Any(other => other != system && other.Name == system.Name && other.Published is null && system.Published is null);
        return new LeaderboardRow
        {
            System = system,
            Title = sharesName ? $"{system.Name} @{system.Revision}" : system.Name,
            Cells = cells,
            Prompts = PromptsOf(tasks, cells),
        };
    }

    private static string PromptsOf(IReadOnlyList<LeaderboardTask> tasks, IReadOnlyList<LeaderboardCell?> cells)
    {
        var byLabel = tasks.Zip(cells)
            .Where(static pair => pair.Second is not null)
            .GroupBy(static pair => pair.Second!.Result.Prompts.Label, static pair => pair.First.Title)
            .ToArray();
        return byLabel.Length <= 1
            ? byLabel.FirstOrDefault()?.Key ?? PromptUse.Unknown.Label
            : string.Join("; ", byLabel.Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} ({string.Join(", ", group)})")));
    }

    private static IEnumerable<LeaderboardRow> Ranked(IEnumerable<LeaderboardRow> rows, string metric) =>
        rows.OrderBy(static row => row.IsPublished)
            .ThenByDescending(row => row.Mean(metric) ?? double.NegativeInfinity)
            .ThenBy(static row => row.Title, StringComparer.Ordinal)
            .ThenBy(static row => row.System.Revision, StringComparer.Ordinal)
            .ThenBy(static row => row.System.Published?.Source, StringComparer.Ordinal);
}
