using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace MedEmbed.Evaluation.Charts;

/// <summary>Makes Skia's SVG fit for the web and the same on every run: a name for screen readers, fonts to fall back on, lists without a comma at their end, and ids from 0 rather than from the process's count.</summary>
internal static partial class SvgText
{
    public static string Finish(string svg, string description)
    {
        string finished = svg.Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace($"font-family=\"{EmbeddedFont.Name}\"", $"font-family=\"{EmbeddedFont.Name}, 'Helvetica Neue', Arial, sans-serif\"", StringComparison.Ordinal);
        finished = Renumbered(ListEnd().Replace(finished, "\""));
        int end = finished.IndexOf('>', finished.IndexOf("<svg", StringComparison.Ordinal));
        return $"{finished[..end]} role=\"img\">\n\t<title>{WebUtility.HtmlEncode(description)}</title>{finished[(end + 1)..].TrimEnd()}\n";
    }

    private static string Renumbered(string svg)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match id in Id().Matches(svg))
            numbers.TryAdd(id.Groups["id"].Value, string.Create(CultureInfo.InvariantCulture, $"{id.Groups["kind"].Value}_{numbers.Count}"));
        return IdOrReference().Replace(svg, match => match.Groups["before"].Value + numbers.GetValueOrDefault(match.Groups["id"].Value, match.Groups["id"].Value));
    }

    [GeneratedRegex(", \"")]
    private static partial Regex ListEnd();

    [GeneratedRegex("\\bid=\"(?<id>(?<kind>[a-z]+)_[0-9a-zA-Z]+)")]
    private static partial Regex Id();

    [GeneratedRegex("(?<before>\\bid=\"|url\\(#|href=\"#)(?<id>[a-z]+_[0-9a-zA-Z]+)")]
    private static partial Regex IdOrReference();
}
