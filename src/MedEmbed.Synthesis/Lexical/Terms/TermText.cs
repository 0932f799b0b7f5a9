using System.Text.RegularExpressions;

namespace MedEmbed.Synthesis.Lexical.Terms;

/// <summary>Texts of terminologies as people would write them.</summary>
internal static partial class TermText
{
    /// <summary>One space where there is white space, none at either end.</summary>
    public static string Tidy(string text) => Space().Replace(text, " ").Trim();

    /// <summary>A definition of an OBO ontology as a sentence: relations (<c>results_in</c>) as words, escapes resolved, references in brackets left out.</summary>
    public static string Sentence(string definition)
    {
        string text = Reference().Replace(definition.Replace("\\n", " ", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal), "");
        return SpaceBeforeStop().Replace(Tidy(Relation().Replace(text, " ")), "$1");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<=[A-Za-z])_(?=[A-Za-z]|\s|$)|(?<=^|\s)_(?=[A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Relation();

    [GeneratedRegex(@"\s*\[(?:[A-Za-z]+:[^\]\s]+|[0-9]+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@" ([.,;)])", RegexOptions.CultureInvariant)]
    private static partial Regex SpaceBeforeStop();
}
