using System.Globalization;
using MedEmbed.Evaluation.Leaderboards;
using MedEmbed.Evaluation.Leaderboards.Reports;
using MedEmbed.Evaluation.Significance;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MedEmbed.Evaluation.Charts;

/// <summary>Wins of each measured system over each other, coloured by their share: blue won, orange lost.</summary>
internal static class HeadToHeadChart
{
    private const int CellWidth = 84;
    private const int CellHeight = 46;
    private static readonly Color Won = Color.FromHex("#0072B2");
    private static readonly Color Lost = Color.FromHex("#E69F00");

    public static Chart Draw(Leaderboard leaderboard)
    {
        HeadToHeadMatrix matrix = leaderboard.HeadToHead;
        int count = matrix.Rows.Count;
        Plot plot = ChartTheme.NewPlot("Head to head: values won by the row over the column");
        plot.HideGrid();
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < count; column++)
            {
                if (matrix[row, column] is { Compared: > 0 } result)
                    Cell(plot, column, count - 1 - row, (double)result.Wins / result.Compared, Text(result));
            }

            if (matrix.WinShare(row) is { } share)
                Cell(plot, count + 0.2, count - 1 - row, share, ScoreText.Percent(share));
        }

        string[] names = [.. matrix.Rows.Select(static row => ChartTheme.Shorten(row.Title, 40))];
        plot.Axes.Left.TickGenerator = new NumericManual([.. names.Select((_, index) => count - 1.0 - index)], names);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. names.Select((_, index) => (double)index), count + 0.2], [.. names, "won of all"]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = -40;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        foreach (IAxis axis in (IAxis[])[plot.Axes.Left, plot.Axes.Bottom])
        {
            axis.MajorTickStyle.Length = 0;
            axis.FrameLineStyle.IsVisible = false;
        }

        plot.Axes.SetLimits(-0.5, count + 0.7, -0.5, count - 0.5);
        float longest = names.Max(static name => EmbeddedFont.Register().WidthOf(name, ChartTheme.TextSize));
        var padding = new PixelPadding(longest + 24, 24, (longest * 0.66f) + 40, 48);
        plot.Layout.Fixed(padding);
        return new Chart(
            "head-to-head",
            $"Heat map: on how many (task, metric) values each of {count} systems scores higher than each other.",
            plot,
            (int)(padding.Left + padding.Right + ((count + 1.2) * CellWidth)),
            (int)(padding.Top + padding.Bottom + (count * CellHeight)));
    }

    private static string Text(HeadToHead result) => string.Create(CultureInfo.InvariantCulture, $"{result.Wins}\nof {result.Compared}");

    private static void Cell(Plot plot, double x, double y, double share, string text)
    {
        var rectangle = plot.Add.Rectangle(x - 0.48, x + 0.48, y - 0.47, y + 0.47);
        rectangle.FillColor = share >= 0.5 ? Blend(Won, (share - 0.5) * 2) : Blend(Lost, (0.5 - share) * 2);
        rectangle.LineWidth = 0;
        var label = plot.Add.Text(text, x, y);
        label.Alignment = Alignment.MiddleCenter;
        label.LabelFontName = EmbeddedFont.Name;
        label.LabelFontSize = ChartTheme.TextSize;
        label.LabelFontColor = share > 0.8 ? Colors.White : ChartTheme.Ink;
    }

    private static Color Blend(Color color, double strength) => Colors.White.MixedWith(color, 0.08 + (0.92 * strength));
}
