using System.Globalization;
using System.Text.RegularExpressions;

namespace MedEmbed.Training.LowRank;

/// <summary>Regular expressions over layer names, as PEFT applies them. They come from files, so that each match has a time limit.</summary>
internal static class LayerPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Whether the pattern fits the whole name.</summary>
    public static bool MatchesWhole(string pattern, string name) => Match($@"\A(?:{pattern})\z", name).Success;

    /// <summary>Whether the pattern fits the name's end, from a dot or the beginning on.</summary>
    public static bool MatchesEnd(string pattern, string name) => Match($@"\A(?:.*\.)?(?:{pattern})\z", name).Success;

    /// <summary>The number that follows what <paramref name="pattern"/> fits, such as 3 in <c>encoder.layer.3.output</c>; null where there is none.</summary>
    public static int? NumberAfter(string pattern, string name)
    {
        Match match = Match($@"\A.*\.(?:{pattern})\.(?<number>[0-9]+)\.", name);
        return match.Success && int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    private static Match Match(string pattern, string name) => Regex.Match(name, pattern, RegexOptions.CultureInvariant, Limit);
}
