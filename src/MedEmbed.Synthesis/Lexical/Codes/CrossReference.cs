using System.Text.RegularExpressions;

namespace MedEmbed.Synthesis.Lexical.Codes;

/// <summary>Cross references of ontologies, <c>PREFIX:CODE</c>; a prefix may end in a release, as <c>SNOMEDCT_US_2015_03_01</c>.</summary>
internal static partial class CrossReference
{
    /// <summary>The code of a reference; null, with what is wrong, where the system is not known or the code has not its form.</summary>
    public static TermCode? Parse(string reference, out LexicalFault? fault)
    {
        fault = null;
        int colon = reference.IndexOf(':', StringComparison.Ordinal);
        string prefix = colon > 0 ? Release().Replace(reference[..colon], "") : "";
        CodeForms? forms = CodeForms.All.FirstOrDefault(forms => forms.Prefixes.Contains(prefix, StringComparer.OrdinalIgnoreCase));
        if (forms is null)
        {
            fault = new LexicalFault(LexicalRejectionReason.UnknownCodeSystem, reference);
            return null;
        }

        string code = reference[(colon + 1)..].Trim().ToUpperInvariant();
        if (forms.System == CodeSystem.Orphanet && code.StartsWith("ORPHA", StringComparison.Ordinal))
            code = code["ORPHA".Length..];
        if (forms.Pattern.IsMatch(code))
            return new TermCode(forms.System, code);
        fault = new LexicalFault(LexicalRejectionReason.MalformedCode, reference);
        return null;
    }

    [GeneratedRegex(@"(?:_US)?_?[0-9]{4}(?:_[0-9A-Z]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Release();
}
