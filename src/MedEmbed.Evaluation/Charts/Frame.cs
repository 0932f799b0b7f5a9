using ScottPlot;

namespace MedEmbed.Evaluation.Charts;

/// <summary>The part of the plane that a chart shows, and its size on the screen.</summary>
internal readonly record struct Frame(double Left, double Right, double Bottom, double Top, PixelSize Size)
{
    /// <summary>Room around points for their labels; the labels of the rightmost stand to the right or left.</summary>
    private const double HorizontalRoom = 0.3;
    private const double VerticalRoom = 0.15;

    public static Frame Around((double X, double Y)[] points, double[] heights, PixelSize size)
    {
        double left = points.Min(static point => point.X), right = points.Max(static point => point.X);
        double[] levels = [.. points.Select(static point => point.Y), .. heights];
        double bottom = levels.Min(), top = levels.Max();
        double wide = Math.Max(right - left, 0.5), high = Math.Max(top - bottom, 0.05);
        return new Frame(left - (wide * HorizontalRoom), right + (wide * HorizontalRoom), bottom - (high * VerticalRoom), top + (high * VerticalRoom), size);
    }

    /// <summary>Pixels from the left and from the top.</summary>
    public (double X, double Y) ToPixels(double x, double y) => ((x - Left) / (Right - Left) * Size.Width, (Top - y) / (Top - Bottom) * Size.Height);

    /// <summary>The point at these pixels.</summary>
    public (double X, double Y) FromPixels(double x, double y) => (Left + (x / Size.Width * (Right - Left)), Top - (y / Size.Height * (Top - Bottom)));
}
