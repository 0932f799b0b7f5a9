using MedEmbed.Evaluation.Leaderboards;

namespace MedEmbed.Evaluation.Charts;

/// <summary>All charts of a leaderboard.</summary>
internal static class LeaderboardCharts
{
    /// <summary>The charts for which there are data: grouped bars, head-to-head heat map, quality against size and speed, and a chart for each task.</summary>
    public static IEnumerable<Chart> Draw(Leaderboard leaderboard)
    {
        string metric = leaderboard.Options.MainMetric;
        yield return GroupedScoresChart.Draw(leaderboard);
        if (leaderboard.HeadToHead.Rows.Count > 1)
            yield return HeadToHeadChart.Draw(leaderboard);
        if (QualityCostChart.OfSize(leaderboard) is { } size)
            yield return size;
        if (QualityCostChart.OfSpeed(leaderboard) is { } speed)
            yield return speed;
        for (int task = 0; task < leaderboard.Tasks.Count; task++)
        {
            if (leaderboard.Rows.Any(row => row.Cells[task]?.Score(metric) is not null))
                yield return TaskScoresChart.Draw(leaderboard, task);
        }
    }
}
