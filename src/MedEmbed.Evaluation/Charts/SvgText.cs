using System.Net;
using System.Text.RegularExpressions;

namespace MedEmbed.Evaluation.Charts;

/// <summary>Makes Skia's SVG fit for the web: a name for screen readers, fonts to fall back on, and lists without a comma at their end.</summary>
internal static partial class SvgText
{
    public static string Finish(string svg, string description)
    {
        string finished = svg.Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace($"font-family=\"{EmbeddedFont.Name}\"", $"font-family=\"{EmbeddedFont.Name}, 'Helvetica Neue', Arial, sans-serif\"", StringComparison.Ordinal);
        finished = ListEnd().Replace(finished, "\"");
        int end = finished.IndexOf('>', finished.IndexOf("<svg", StringComparison.Ordinal));
        return $"{finished[..end]} role=\"img\">\n\t<title>{WebUtility.HtmlEncode(description)}</title>{finished[(end + 1)..].TrimEnd()}\n";
    }

    [GeneratedRegex(", \"")]
    private static partial Regex ListEnd();
}
