using System.Globalization;
using MedEmbed.Evaluation.Leaderboards;
using MedEmbed.Evaluation.Leaderboards.Reports;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MedEmbed.Evaluation.Charts;

/// <summary>A group of bars for each task, a bar for each measured system.</summary>
internal static class GroupedScoresChart
{
    private const int BarWidth = 38;
    private const int AxisSpace = 110;
    private const int SmallestWidth = 760;
    private const int DataHeight = 340;
    private const int LineHeight = 13;
    private const int LegendLineHeight = 20;

    public static Chart Draw(Leaderboard leaderboard)
    {
        string metric = leaderboard.Options.MainMetric;
        LeaderboardRow[] rows = [.. leaderboard.Rows.Where(static row => !row.IsPublished)];
        int slots = rows.Length + 1;
        int width = Math.Max(SmallestWidth, (leaderboard.Tasks.Count * slots * BarWidth) + AxisSpace);
        Plot plot = ChartTheme.NewPlot($"{ScoreText.Metric(metric)} by task");
        double highest = 0;
        for (int system = 0; system < rows.Length; system++)
        {
            var bars = new List<Bar>();
            for (int task = 0; task < leaderboard.Tasks.Count; task++)
            {
                if (rows[system].Cells[task] is not { } cell || cell.Score(metric) is not { } score)
                    continue;
                highest = Math.Max(highest, score);
                bars.Add(new Bar { Position = (task * slots) + system, Value = score, Size = 0.9, FillColor = ChartTheme.ColorOf(system), LineWidth = 0, ValueLabel = Label(cell, score) });
            }

            var plotted = plot.Add.Bars(bars);
            plotted.ValueLabelStyle.FontName = EmbeddedFont.Name;
            plotted.ValueLabelStyle.FontSize = ChartTheme.SmallTextSize;
            plotted.ValueLabelStyle.ForeColor = ChartTheme.Ink;
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = ChartTheme.Shorten($"{rows[system].Title} · prompts: {rows[system].Prompts}", width / 8), FillColor = ChartTheme.ColorOf(system), LabelFontName = EmbeddedFont.Name });
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. leaderboard.Tasks.Select((_, task) => (task * slots) + ((rows.Length - 1) / 2.0))], [.. leaderboard.Tasks.Select(static task => task.Title)]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        double top = highest == 0 ? 1 : highest * 1.15;
        plot.Axes.SetLimits(-1, (leaderboard.Tasks.Count * slots) - 0.5, 0, top);
        plot.Axes.Left.TickGenerator = ScoreTicks.Between(0, top);
        plot.Axes.Left.Label.Text = ScoreText.Metric(metric);
        string[] notes = ChartNotes.Of(leaderboard, measuredOnly: true, width - AxisSpace);
        ChartNotes.Put(plot, notes);
        ChartLegend.Put(plot);
        int height = DataHeight + 110 + (rows.Length * LegendLineHeight) + (notes.Length * LineHeight);
        return new Chart("scores", ChartNotes.Describe($"Bars: {ScoreText.Metric(metric)} of {rows.Length} systems on {leaderboard.Tasks.Count} tasks.", notes), plot, width, height);
    }

    private static string Label(LeaderboardCell cell, double score)
    {
        string marks = ChartNotes.Marks(cell);
        return score.ToString("F3", CultureInfo.InvariantCulture) + (marks.Length == 0 ? "" : "\n" + marks);
    }
}
