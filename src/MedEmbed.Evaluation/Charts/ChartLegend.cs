using ScottPlot;

namespace MedEmbed.Evaluation.Charts;

/// <summary>The legend below a chart, one entry a line.</summary>
internal static class ChartLegend
{
    public static void Put(Plot plot)
    {
        plot.Legend.Orientation = Orientation.Vertical;
        plot.Legend.FontName = EmbeddedFont.Name;
        plot.Legend.FontSize = ChartTheme.TextSize;
        plot.Legend.FontColor = ChartTheme.Ink;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.Transparent;
        plot.ShowLegend(Edge.Bottom);
    }
}
