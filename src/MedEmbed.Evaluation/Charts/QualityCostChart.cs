using System.Globalization;
using MedEmbed.Evaluation.Leaderboards;
using MedEmbed.Evaluation.Leaderboards.Reports;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MedEmbed.Evaluation.Charts;

/// <summary>The mean score against what a system costs (weights, or time) on a logarithmic axis.</summary>
internal static class QualityCostChart
{
    private const int Width = 900;
    private const int Height = 520;
    private const int LineHeight = 16;
    private const float MarkerSize = 11;

    /// <summary>The mean over all tasks against the number of weights; null where no system has both.</summary>
    public static Chart? OfSize(Leaderboard leaderboard) =>
        Draw(leaderboard, "quality-size", "parameters", static row => row.System.Model.Parameters, ScoreText.Parameters);

    /// <summary>The mean over all tasks against texts embedded a second; null where no system has both.</summary>
    public static Chart? OfSpeed(Leaderboard leaderboard) =>
        Draw(leaderboard, "quality-speed", "texts embedded per second", static row => row.System.TextsPerSecond, static speed => speed!.Value.ToString("#,0.##", CultureInfo.InvariantCulture));

    private static Chart? Draw(Leaderboard leaderboard, string name, string costName, Func<LeaderboardRow, double?> costOf, Func<double?, string> costText)
    {
        string metric = leaderboard.Options.MainMetric;
        (LeaderboardRow Row, double Cost, double Mean)[] points =
        [
            .. leaderboard.Rows.Where(row => costOf(row) > 0 && row.Mean(metric) is not null)
                .Select(row => (Row: row, Cost: Math.Log10(costOf(row)!.Value), Mean: row.Mean(metric)!.Value)),
        ];
        LeaderboardRow[] without = [.. leaderboard.Rows.Where(row => !row.IsPublished && row.Mean(metric) is not null && points.All(point => point.Row != row))];
        if (points.Length == 0)
            return null;
        Plot plot = ChartTheme.NewPlot($"Mean {ScoreText.Metric(metric)} over {leaderboard.Tasks.Count} tasks against {costName}");
        plot.Grid.XAxisStyle.IsVisible = true;
        string[] prompts = [.. points.Select(static point => point.Row).Concat(without).Select(static row => row.Prompts).Distinct().Order(StringComparer.Ordinal)];
        string[] notes = Notes(points, without, prompts, costName);
        var area = new PixelPadding(84, 24, 58 + (notes.Length * LineHeight), 48);
        plot.Layout.Fixed(area);
        int height = Height + (notes.Length * LineHeight);
        var frame = Frame.Around([.. points.Select(static point => (point.Cost, point.Mean))], [.. without.Select(row => row.Mean(metric)!.Value)],
            new PixelSize(Width - area.Left - area.Right, height - area.Top - area.Bottom));
        plot.Axes.SetLimits(frame.Left, frame.Right, frame.Bottom, frame.Top);
        plot.Axes.Left.TickGenerator = ScoreTicks.Between(frame.Bottom, frame.Top);
        plot.Axes.Bottom.TickGenerator = Ticks(frame, costText);
        plot.Axes.Bottom.Label.Text = costName;
        plot.Axes.Left.Label.Text = $"mean {ScoreText.Metric(metric)}";
        var labels = new LabelPlacement(frame, MarkerSize);
        foreach (var point in points)
            labels.Occupy(point.Cost, point.Mean);
        foreach (LeaderboardRow row in without)
            AddLine(plot, labels, frame, row.Mean(metric)!.Value, TextOf(row));
        foreach (var point in points)
            AddPoint(plot, labels, point, TextOf(point.Row));
        ChartNotes.Put(plot, notes);
        return new Chart(name, ChartNotes.Describe($"Points: mean {ScoreText.Metric(metric)} of {points.Length} systems against {costName}.", notes), plot, Width, height);

        string TextOf(LeaderboardRow row) => $"{ChartTheme.Shorten(row.Title, 44)} · {ScoreText.Score(row.Mean(metric))}{Marks(row)} ({Array.IndexOf(prompts, row.Prompts) + 1})";
    }

    private static string[] Notes((LeaderboardRow Row, double Cost, double Mean)[] points, LeaderboardRow[] without, string[] prompts, string costName)
    {
        List<string> lines = [];
        if (points.Any(static point => point.Row.IsPublished))
            lines.Add("hollow: published by others, on the official data");
        if (without.Length > 0)
            lines.Add($"dashed: no {costName} known");
        lines.AddRange(prompts.Select(static (text, index) => $"({index + 1}) prompts: {text}"));
        lines.AddRange(ChartNotes.Of(points.Select(static point => point.Row).Concat(without).SelectMany(static row => row.Cells), Width - 60));
        return [.. lines];
    }

    private static void AddPoint(Plot plot, LabelPlacement labels, (LeaderboardRow Row, double Cost, double Mean) point, string text)
    {
        Color color = point.Row.IsPublished ? ChartTheme.Published : ChartTheme.Measured;
        var marker = plot.Add.Marker(point.Cost, point.Mean, point.Row.IsPublished ? MarkerShape.OpenCircle : MarkerShape.FilledCircle, MarkerSize, color);
        marker.MarkerStyle.LineWidth = point.Row.IsPublished ? 2 : 0;
        Put(plot, text, labels.Place(text, point.Cost, point.Mean));
    }

    private static void AddLine(Plot plot, LabelPlacement labels, Frame frame, double mean, string text)
    {
        var line = plot.Add.HorizontalLine(mean, 1.5f, ChartTheme.Published, LinePattern.Dashed);
        line.LabelStyle.IsVisible = false;
        Put(plot, text, labels.PlaceAbove(text, frame.Left, mean));
    }

    private static void Put(Plot plot, string text, (double X, double Y) position)
    {
        var label = plot.Add.Text(text, position.X, position.Y);
        label.Alignment = Alignment.MiddleLeft;
        label.LabelFontName = EmbeddedFont.Name;
        label.LabelFontSize = ChartTheme.SmallTextSize;
        label.LabelFontColor = ChartTheme.Ink;
        label.LabelPadding = 0;
    }

    private static string Marks(LeaderboardRow row)
    {
        string marks = string.Concat(row.Notes.Select(static note => $"[{note.Mark}]"));
        return marks + (row.Cells.Any(static cell => cell is { Contaminated: true }) ? ScoreText.ContaminationMark : "");
    }

    private static NumericManual Ticks(Frame frame, Func<double?, string> text)
    {
        var ticks = new NumericManual();
        for (int power = (int)Math.Floor(frame.Left); power <= Math.Ceiling(frame.Right); power++)
        {
            foreach (double factor in frame.Right - frame.Left > 1 ? (ReadOnlySpan<double>)[1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7])
            {
                double value = factor * Math.Pow(10, power);
                if (Math.Log10(value) >= frame.Left && Math.Log10(value) <= frame.Right)
                    ticks.AddMajor(Math.Log10(value), text(value));
            }
        }

        return ticks;
    }
}
