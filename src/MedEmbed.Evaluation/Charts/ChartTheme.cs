using System.Text;
using ScottPlot;

namespace MedEmbed.Evaluation.Charts;

/// <summary>Colours, sizes and text of all charts.</summary>
internal static class ChartTheme
{
    public const float TextSize = 12;
    public const float SmallTextSize = 11;

    /// <summary>Okabe and Ito's colours, which readers with any common colour blindness tell apart, without the yellow that is faint on white.</summary>
    private static readonly string[] Palette = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#7F7F7F", "#332288"];

    public static Color Ink { get; } = Color.FromHex("#1F2328");

    public static Color FaintInk { get; } = Color.FromHex("#59636E");

    public static Color GridLine { get; } = Color.FromHex("#E4E7EB");

    /// <summary>A plot in the charts' font, with horizontal grid lines alone.</summary>
    public static Plot NewPlot(string title)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        plot.Font.Set(EmbeddedFont.Name);
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Axes.Color(FaintInk);
        plot.Title(title, 16);
        plot.Axes.Title.Label.ForeColor = Ink;
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Axes.Bottom.TickLabelStyle.FontSize = TextSize;
        plot.Axes.Left.TickLabelStyle.FontSize = TextSize;
        plot.Axes.Bottom.TickLabelStyle.ForeColor = Ink;
        plot.Axes.Left.TickLabelStyle.ForeColor = Ink;
        plot.Axes.Bottom.Label.FontSize = TextSize;
        plot.Axes.Left.Label.FontSize = TextSize;
        plot.Grid.MajorLineColor = GridLine;
        plot.Grid.XAxisStyle.IsVisible = false;
        return plot;
    }

    /// <summary>Measured systems, where they need not be told apart.</summary>
    public static Color Measured => ColorOf(0);

    /// <summary>The outline of published results.</summary>
    public static Color Published { get; } = Color.FromHex("#7F7F7F");

    /// <summary>The inside of published results' bars. Skia's SVG has no hatches, so they are grey.</summary>
    public static Color PublishedFill { get; } = Color.FromHex("#DDDDDD");

    /// <summary>The colour of the system at <paramref name="index"/>, paler with each round through the palette.</summary>
    public static Color ColorOf(int index) =>
        Colors.White.MixedWith(Color.FromHex(Palette[index % Palette.Length]), Math.Pow(0.5, index / Palette.Length));

    /// <summary>Text broken between words so that no line is wider than <paramref name="width"/> pixels.</summary>
    public static string Wrap(string text, float width, float size)
    {
        EmbeddedFont font = EmbeddedFont.Register();
        var wrapped = new StringBuilder();
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && font.WidthOf(longer, size) > width)
            {
                wrapped.Append(line).Append('\n');
                longer = word;
            }

            line = longer;
        }

        return wrapped.Append(line).ToString();
    }

    /// <summary>At most <paramref name="length"/> characters, with an ellipsis where some were cut.</summary>
    public static string Shorten(string text, int length) => text.Length <= length ? text : text[..(length - 1)].TrimEnd() + "…";
}
