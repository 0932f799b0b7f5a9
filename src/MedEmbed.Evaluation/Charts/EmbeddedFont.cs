using ScottPlot;
using SkiaSharp;

namespace MedEmbed.Evaluation.Charts;

/// <summary>The font of all charts, which ships with the assembly: a server may have no fonts at all, and another machine's would give other charts.</summary>
internal sealed class EmbeddedFont : IFontResolver
{
    public const string Name = "Roboto";

    private static readonly Lazy<EmbeddedFont> Registered = new(static () =>
    {
        // ScottPlot looks fonts up in lists of its own, which are the process's.
        var font = new EmbeddedFont();
        ScottPlot.Fonts.FontResolvers.Insert(0, font);
        return font;
    });

    private readonly SKTypeface _typeface = Load("Roboto-Regular.ttf");

    /// <summary>Makes the font known to ScottPlot.</summary>
    public static EmbeddedFont Register() => Registered.Value;

    /// <summary>The width in pixels of <paramref name="text"/> on one line.</summary>
    public float WidthOf(string text, float size)
    {
        using var font = new SKFont(_typeface, size);
        return font.MeasureText(text);
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? _typeface : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Name ? _typeface : null;

    private static SKTypeface Load(string file)
    {
        using Stream stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream("fonts/" + file)!;
        return SKTypeface.FromStream(stream);
    }
}
