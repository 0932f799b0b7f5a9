using System.Text.RegularExpressions;

namespace MedEmbed.Synthesis.Grounding;

/// <summary>Splits a response for the grounding check.</summary>
internal static partial class ResponseSentences
{
    /// <summary>Its sentences, split after . ! ? : ; before white space, trimmed, none of them blank. A point inside a number or abbreviation does not end one.</summary>
    public static IEnumerable<string> Of(string response) => End().Split(response).Select(static sentence => sentence.Trim()).Where(static sentence => sentence.Length > 0);

    /// <summary>The fragments of a sentence between elisions (<c>…</c>, <c>...</c>, <c>[...]</c>).</summary>
    public static IEnumerable<string> Fragments(string sentence) => Elision().Split(sentence).Select(static fragment => fragment.Trim()).Where(static fragment => fragment.Length > 0);

    [GeneratedRegex(@"(?<=[.!?:;])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex End();

    [GeneratedRegex(@"\[\s*(?:\.{3,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|\.{3,}|…", RegexOptions.CultureInvariant)]
    private static partial Regex Elision();
}
