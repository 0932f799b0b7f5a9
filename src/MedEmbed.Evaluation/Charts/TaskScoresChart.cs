using MedEmbed.Evaluation.Leaderboards;
using MedEmbed.Evaluation.Leaderboards.Reports;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MedEmbed.Evaluation.Charts;

/// <summary>All systems on one task, measured and published, from the highest score down, with the prompts beside each score.</summary>
internal static class TaskScoresChart
{
    private const int Width = 1180;
    private const int BarHeight = 26;
    private const int LineHeight = 16;

    /// <summary>The share of the width that the bars take; prompts stand in the rest.</summary>
    private const double BarShare = 0.42;

    public static Chart Draw(Leaderboard leaderboard, int task)
    {
        string metric = leaderboard.Options.MainMetric, title = leaderboard.Tasks[task].Title;
        (LeaderboardRow Row, LeaderboardCell Cell, double Score)[] scores =
        [
            .. leaderboard.Rows.Where(row => row.Cells[task]?.Score(metric) is not null)
                .Select(row => (Row: row, Cell: row.Cells[task]!, Score: row.Cells[task]!.Score(metric)!.Value))
                .OrderByDescending(static entry => entry.Score),
        ];
        Plot plot = ChartTheme.NewPlot($"{title}: {ScoreText.Metric(metric)}");
        double highest = scores.Max(static entry => entry.Score);
        var bars = plot.Add.Bars(scores.Select((entry, index) => BarOf(entry, scores.Length - 1 - index)).ToArray());
        bars.Horizontal = true;
        bars.ValueLabelStyle.FontName = EmbeddedFont.Name;
        bars.ValueLabelStyle.FontSize = ChartTheme.SmallTextSize;
        bars.ValueLabelStyle.ForeColor = ChartTheme.Ink;
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. scores.Select((_, index) => (double)(scores.Length - 1 - index))], [.. scores.Select(static entry => ChartTheme.Shorten(entry.Row.Title, 44))]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = true;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(0, highest > 0 ? highest / BarShare : 1, -0.7, scores.Length - 0.3);
        plot.Axes.Bottom.TickGenerator = ScoreTicks.Between(0, highest);
        string[] notes = ChartNotes.Of(scores.Select(static entry => (LeaderboardCell?)entry.Cell), Width - 40);
        if (scores.Any(static entry => entry.Row.IsPublished))
            notes = ["grey: published by others, on the official data", .. notes];
        ChartNotes.Put(plot, notes);
        int height = 100 + (scores.Length * BarHeight) + (notes.Length * LineHeight);
        return new Chart("scores-" + FileNames.Of(title), ChartNotes.Describe($"Bars: {ScoreText.Metric(metric)} of {scores.Length} systems on {title}.", notes), plot, Width, height);
    }

    private static Bar BarOf((LeaderboardRow Row, LeaderboardCell Cell, double Score) entry, int position)
    {
        string marks = ChartNotes.Marks(entry.Cell);
        return new Bar
        {
            Position = position,
            Value = entry.Score,
            Size = 0.74,
            Orientation = Orientation.Horizontal,
            LineWidth = 1,
            LineColor = entry.Row.IsPublished ? ChartTheme.Published : ChartTheme.Measured,
            FillColor = entry.Row.IsPublished ? ChartTheme.PublishedFill : ChartTheme.Measured,
            ValueLabel = ChartTheme.Shorten($"{ScoreText.Score(entry.Score)}{(marks.Length == 0 ? "" : " " + marks)} · prompts: {entry.Cell.Result.Prompts.Label}", 96),
        };
    }
}
