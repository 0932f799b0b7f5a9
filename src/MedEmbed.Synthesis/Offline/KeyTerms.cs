using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace MedEmbed.Synthesis.Offline;

/// <summary>Words that say what a piece of clinical prose is about.</summary>
internal static partial class KeyTerms
{
    private const int ShortestWord = 4;

    private static readonly FrozenSet<string> Common = (
        "about above after again also although among another because been before being below between both could does doing done down during each either ever every from further given gives going good have having "
        + "here however into itself just last less like little long made make many more most much must need never next none nothing noted only other otherwise over past patient patients patient's prior reports report "
        + "reported said same seen several shall should show showed shows since some still such than that their them then there therefore these they this those though through time today took under until upon used using "
        + "very well went were what when where which while will with within without would year years year-old month months week weeks days denies states stated history present procedure performed placed taken right left "
        + "normal appropriate evaluation").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Up to <paramref name="count"/> words of <paramref name="text"/>: those that recur and are long first, given in the order they stand there, in lower case.</summary>
    public static string[] Of(string text, int count)
    {
        var words = Word().Matches(text).Select(static match => (match.Index, Text: match.Value.ToLowerInvariant()))
            .Where(static word => word.Text.Length >= ShortestWord && !Common.Contains(word.Text))
            .GroupBy(static word => word.Text, StringComparer.Ordinal)
            .Select(static group => (Text: group.Key, First: group.First().Index, Weight: group.Count() * group.Key.Length));
        return [.. words.OrderByDescending(static word => word.Weight).ThenBy(static word => word.First).Take(count).OrderBy(static word => word.First).Select(static word => word.Text)];
    }

    [GeneratedRegex(@"[\p{L}][\p{L}\p{M}-]+(?:'s)?", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
