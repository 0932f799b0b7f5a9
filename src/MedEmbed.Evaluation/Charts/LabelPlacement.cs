namespace MedEmbed.Evaluation.Charts;

/// <summary>Puts labels beside points so that they cover neither points nor each other, as far as there is room.</summary>
internal sealed class LabelPlacement(Frame frame, float markerSize)
{
    private const double LineHeight = 15;
    private const double Gap = 4;
    private const int Rings = 6;
    private readonly List<(double Left, double Top, double Right, double Bottom)> _taken = [];

    /// <summary>Keeps the place of a point's marker.</summary>
    public void Occupy(double x, double y)
    {
        (double px, double py) = frame.ToPixels(x, y);
        double half = markerSize / 2;
        _taken.Add((px - half, py - half, px + half, py + half));
    }

    /// <summary>Where the left middle of the label of the point goes: the free place nearest to it, or the least covered.</summary>
    public (double X, double Y) Place(string text, double x, double y)
    {
        double width = EmbeddedFont.Register().WidthOf(text, ChartTheme.SmallTextSize);
        (double px, double py) = frame.ToPixels(x, y);
        double reach = (markerSize / 2) + Gap;
        var best = Box(px + reach, py, width);
        double least = double.PositiveInfinity;
        for (int ring = 0; ring < Rings; ring++)
        {
            double shift = ring * LineHeight;
            foreach ((double left, double middle) in (ReadOnlySpan<(double, double)>)
                     [
                         (px + reach, py - shift), (px + reach, py + shift), (px - reach - width, py - shift), (px - reach - width, py + shift),
                         (px - (width / 2), py - reach - (LineHeight / 2) - shift), (px - (width / 2), py + reach + (LineHeight / 2) + shift),
                     ])
            {
                var box = Box(left, middle, width);
                double covered = Covered(box);
                if (covered < least)
                    (best, least) = (box, covered);
            }

            if (least == 0)
                break;
        }

        return Take(best);
    }

    /// <summary>Just above a horizontal line, from <paramref name="x"/> to the right.</summary>
    public (double X, double Y) PlaceAbove(string text, double x, double y)
    {
        (double px, double py) = frame.ToPixels(x, y);
        return Take(Box(px + Gap, py - (LineHeight / 2), EmbeddedFont.Register().WidthOf(text, ChartTheme.SmallTextSize)));
    }

    private (double X, double Y) Take((double Left, double Top, double Right, double Bottom) box)
    {
        _taken.Add(box);
        return frame.FromPixels(box.Left, (box.Top + box.Bottom) / 2);
    }

    private static (double Left, double Top, double Right, double Bottom) Box(double left, double middle, double width) =>
        (left, middle - (LineHeight / 2), left + width, middle + (LineHeight / 2));

    /// <summary>Pixels of the box that are taken already or lie outside of the frame.</summary>
    private double Covered((double Left, double Top, double Right, double Bottom) box)
    {
        double covered = ((box.Right - box.Left) * (box.Bottom - box.Top)) - Overlap(box, (0, 0, frame.Size.Width, frame.Size.Height));
        foreach (var other in _taken)
            covered += Overlap(box, other);
        return covered < 0.5 ? 0 : covered;
    }

    private static double Overlap((double Left, double Top, double Right, double Bottom) one, (double Left, double Top, double Right, double Bottom) other) =>
        Math.Max(0, Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left)) * Math.Max(0, Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top));
}
