using System.Text;
using ScottPlot;

namespace MedEmbed.Evaluation.Charts;

/// <summary>A value over the steps of a run, as SVG and PNG.</summary>
public static class CurveChart
{
    private const int Width = 900;
    private const int Height = 420;

    /// <summary>Writes <c>NAME.svg</c> and <c>NAME.png</c> into <paramref name="folder"/>.</summary>
    /// <param name="folder">A folder that is there.</param>
    /// <param name="name">The files' name without ending.</param>
    /// <param name="title">The chart's title.</param>
    /// <param name="valueName">What the vertical axis shows.</param>
    /// <param name="points">Steps and values, at least one.</param>
    /// <exception cref="ArgumentException">There is no point.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder, string name, string title, string valueName, IReadOnlyList<(int Step, double Value)> points)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0)
            throw new ArgumentException("A curve needs at least one point.", nameof(points));
        Plot plot = ChartTheme.NewPlot(title);
        var line = plot.Add.Scatter(points.Select(point => (double)point.Step).ToArray(), points.Select(point => point.Value).ToArray(), ChartTheme.Measured);
        line.LineWidth = 2;
        line.MarkerSize = points.Count > 60 ? 0 : 6;
        plot.Axes.Bottom.Label.Text = "step";
        plot.Axes.Left.Label.Text = valueName;
        string description = FormattableString.Invariant($"Curve: {valueName} over {points.Count} points, from {points[0].Value:G4} at step {points[0].Step} to {points[^1].Value:G4} at step {points[^1].Step}.");
        using var chart = new Chart(name, description, plot, Width, Height);
        string path = Path.Combine(folder, name);
        File.WriteAllText(path + ".svg", chart.Svg(), new UTF8Encoding(false));
        File.WriteAllBytes(path + ".png", chart.Png());
    }
}
