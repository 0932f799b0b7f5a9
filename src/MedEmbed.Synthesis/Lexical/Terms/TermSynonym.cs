using System.Text.RegularExpressions;

namespace MedEmbed.Synthesis.Lexical.Terms;

/// <summary>Another name of a term.</summary>
/// <param name="Text">Without marks of the vocabulary it was taken from.</param>
/// <param name="IsExact">Whether it means the term itself, not something related or narrower.</param>
/// <param name="Fault">Why it is of no use; null where it is.</param>
internal sealed partial record TermSynonym(string Text, bool IsExact, LexicalFault? Fault = null)
{
    /// <summary>The synonym that a file writes as <paramref name="written"/>.</summary>
    public static TermSynonym Of(string written, bool isExact)
    {
        string text = TermText.Tidy(written);
        LexicalRejectionReason? reason =
            Retired().IsMatch(text) ? LexicalRejectionReason.RetiredSynonym
            : Composite().IsMatch(text) ? LexicalRejectionReason.CompositeSynonym
            : Residual().IsMatch(text) ? LexicalRejectionReason.ResidualSynonym
            : null;
        return reason is { } given ? new TermSynonym(text, isExact, new LexicalFault(given, text)) : new TermSynonym(WithoutMarks(text), isExact);
    }

    private static string WithoutMarks(string text)
    {
        string before;
        do
        {
            before = text;
            text = Mark().Replace(text, "").Trim();
        }
        while (text != before);

        return text;
    }

    // SNOMED CT's semantic tags and duplicates, "not otherwise specified", "unspecified".
    [GeneratedRegex(@"\s+\((?:disorder|finding|morphologic abnormality|qualifier value|context-dependent category|category|function)\)$|\s*\[dup\]$|,?\s+NOS$|,?\s+unspecified$|^unspecified\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\[(?:ambiguous|obs|no drugs here|diagnos)\]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Retired();

    [GeneratedRegex(@"[\])]\s+or\s|\sor\s+[\[(]|\((?:\[|&)|\[&|&/or|\band/or\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Composite();

    [GeneratedRegex(@"^other\s|\bother (?:and unspecified|specified|site)\b|\bnot elsewhere classified\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Residual();
}
