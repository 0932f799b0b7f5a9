using System.Text.RegularExpressions;

namespace MedEmbed.Synthesis.Lexical.Codes;

/// <summary>How the codes of a system look, and how people write and ask for them.</summary>
internal sealed partial class CodeForms
{
    private CodeForms(CodeSystem system, string name, string[] prefixes, Regex pattern, string[] codes, string[] questions) =>
        (System, Name, Prefixes, Pattern, Codes, Questions) = (system, name, prefixes, pattern, codes, questions);

    public CodeSystem System { get; }

    /// <summary>The name that stands before a code in a passage.</summary>
    public string Name { get; }

    /// <summary>Its names before the colon of a cross reference, without release.</summary>
    public IReadOnlyList<string> Prefixes { get; }

    public Regex Pattern { get; }

    /// <summary>Queries by code; <c>{0}</c> is the code.</summary>
    public IReadOnlyList<string> Codes { get; }

    /// <summary>Queries for a term's code; <c>{0}</c> is the term.</summary>
    public IReadOnlyList<string> Questions { get; }

    public static IReadOnlyList<CodeForms> All { get; } =
    [
        new(CodeSystem.Icd10, "ICD-10", ["ICD10CM", "ICD10"], Icd10(), ["ICD-10 {0}", "{0}", "ICD10 {0}", "ICD-10-CM {0}", "ICD-10 code {0}"], ["ICD-10 code for {0}", "{0} ICD-10", "ICD10 {0}", "{0} ICD-10 code"]),
        new(CodeSystem.Icd9, "ICD-9", ["ICD9CM", "ICD9"], Icd9(), ["ICD-9 {0}", "ICD9 {0}", "ICD-9-CM {0}", "ICD-9 code {0}"], ["ICD-9 code for {0}", "{0} ICD-9", "{0} ICD-9 code"]),
        new(CodeSystem.Mesh, "MeSH", ["MESH", "MSH"], Mesh(), ["MeSH {0}", "{0}", "MeSH ID {0}"], ["MeSH ID for {0}", "{0} MeSH", "MeSH {0}"]),
        new(CodeSystem.Omim, "OMIM", ["OMIM", "MIM"], Omim(), ["OMIM {0}", "MIM {0}", "OMIM #{0}"], ["OMIM number for {0}", "{0} OMIM"]),
        new(CodeSystem.SnomedCt, "SNOMED CT", ["SNOMEDCT", "SCTID"], Snomed(), ["SNOMED CT {0}", "SNOMED {0}", "SCTID {0}"], ["SNOMED CT code for {0}", "{0} SNOMED", "{0} SNOMED CT code"]),
        new(CodeSystem.Nci, "NCI Thesaurus", ["NCI", "NCIT"], Nci(), ["NCI Thesaurus {0}", "NCIt {0}"], ["NCI Thesaurus code for {0}", "{0} NCIt"]),
        new(CodeSystem.Umls, "UMLS", ["UMLS_CUI", "UMLS"], Umls(), ["UMLS {0}", "CUI {0}", "{0}"], ["UMLS CUI for {0}", "{0} UMLS"]),
        new(CodeSystem.Orphanet, "ORPHA", ["ORDO", "Orphanet"], Orphanet(), ["ORPHA {0}", "Orphanet {0}"], ["Orphanet number for {0}", "{0} Orphanet"]),
    ];

    public static CodeForms Of(CodeSystem system) => All[(int)system];

    [GeneratedRegex(@"^[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:-[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Icd10();

    [GeneratedRegex(@"^(?:[0-9]{3}|V[0-9]{2}|E[0-9]{3})(?:\.[0-9]{1,2})?(?:-(?:[0-9]{3}|V[0-9]{2}|E[0-9]{3})(?:\.[0-9]{1,2})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Icd9();

    [GeneratedRegex(@"^[CD][0-9]{6,9}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mesh();

    [GeneratedRegex(@"^(?:PS)?[0-9]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Omim();

    [GeneratedRegex(@"^[0-9]{6,18}$", RegexOptions.CultureInvariant)]
    private static partial Regex Snomed();

    [GeneratedRegex(@"^C[0-9]{3,7}$", RegexOptions.CultureInvariant)]
    private static partial Regex Nci();

    [GeneratedRegex(@"^C[0-9]{7}$", RegexOptions.CultureInvariant)]
    private static partial Regex Umls();

    [GeneratedRegex(@"^[0-9]{1,7}$", RegexOptions.CultureInvariant)]
    private static partial Regex Orphanet();
}
