namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>Systems compared over tasks: scores with their prompts and remarks, head-to-head wins, and which differences are real.</summary>
/// <remarks>Immutable. The same result files give the same leaderboard on every machine.</remarks>
public sealed record Leaderboard
{
    /// <summary>How it was built.</summary>
    public required LeaderboardOptions Options { get; init; }

    /// <summary>The columns, by name.</summary>
    public required IReadOnlyList<LeaderboardTask> Tasks { get; init; }

    /// <summary>The rows: the measured systems, then the published ones; each by the mean of the main metric, descending, then those without a mean, by name.</summary>
    public required IReadOnlyList<LeaderboardRow> Rows { get; init; }

    /// <summary>Remarks on data, one a letter.</summary>
    public required IReadOnlyList<LeaderboardNote> Notes { get; init; }

    /// <summary>Wins between the measured systems.</summary>
    public required HeadToHeadMatrix HeadToHead { get; init; }

    /// <summary>The tests between the measured systems, by task, then in the order of <see cref="Rows"/>.</summary>
    public required IReadOnlyList<TaskComparison> Comparisons { get; init; }

    /// <summary>JSON files in the folders that held no results and were passed over.</summary>
    public required IReadOnlyList<string> PassedOver { get; init; }

    /// <summary>Reads result files, and the published scores where the options name some, and compares them.</summary>
    /// <param name="paths">Result files or folders of them, as <c>medembed evaluate</c> or MTEB writes them.</param>
    /// <param name="options">Null for the default.</param>
    /// <param name="cancellationToken">Stops between files and between tests.</param>
    /// <exception cref="FileNotFoundException">A path does not exist.</exception>
    /// <exception cref="ResultFormatException">A file is broken, or two files give the same result.</exception>
    /// <exception cref="EvaluationException">No file has the main metric, or two results on the same data have no query in common.</exception>
    public static Leaderboard Read(IReadOnlyList<string> paths, LeaderboardOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        options ??= LeaderboardOptions.Default;
        var folders = new Reading.ResultFolders();
        foreach (string path in paths)
            folders.Add(path, cancellationToken);
        List<SystemResults> systems = [.. folders.Systems];
        if (options.PublishedFile is { } file)
            systems.AddRange(Reading.PublishedResultsReader.Read(file, [.. systems.SelectMany(static system => system.Results.Keys).Distinct()]));
        return LeaderboardBuilder.Build(systems, folders.PassedOver, options, cancellationToken);
    }

    /// <summary>Whether a cell's score is the highest among those on the same data, with at least one other to be higher than.</summary>
    public bool IsBest(int row, int task, string metric)
    {
        if (Rows[row].Cells[task] is not { } cell || cell.Score(metric) is not { } score)
            return false;
        double[] others =
        [
            .. Rows.Where((_, other) => other != row)
                .Select(other => other.Cells[task])
                .OfType<LeaderboardCell>()
                .Where(other => cell.Result.IsComparableTo(other.Result))
                .Select(other => other.Score(metric))
                .OfType<double>(),
        ];
        return others.Length > 0 && others.All(other => score >= other);
    }

    /// <summary>Whether a row's mean is the highest among those over the same data.</summary>
    public bool HasBestMean(int row, string metric)
    {
        if (Rows[row].Mean(metric) is not { } mean)
            return false;
        double[] others = [.. Rows.Where((other, index) => index != row && HaveSameData(Rows[row], other)).Select(other => other.Mean(metric)).OfType<double>()];
        return others.Length > 0 && others.All(other => mean >= other);
    }

    private static bool HaveSameData(LeaderboardRow first, LeaderboardRow second) =>
        first.Cells.Zip(second.Cells).All(static pair => pair is ({ } one, { } other) && one.Result.IsComparableTo(other.Result));
}
