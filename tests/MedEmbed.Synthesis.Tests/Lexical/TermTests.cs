using CsCheck;
using MedEmbed.Synthesis.Lexical;
using MedEmbed.Synthesis.Lexical.Codes;
using MedEmbed.Synthesis.Lexical.Rules;
using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Tests.Lexical;

public sealed class TermTests
{
    [Theory]
    [InlineData("Leech infestation (disorder)", "Leech infestation")]
    [InlineData("Unspecified salpingitis and oophoritis NOS (disorder)", "salpingitis and oophoritis")]
    [InlineData("pancreatic steatorrhea [dup] (disorder)", "pancreatic steatorrhea")]
    [InlineData(" Scleritis, unspecified", "Scleritis")]
    [InlineData("Sudden infant death  syndrome NOS (context-dependent category)", "Sudden infant death syndrome")]
    [InlineData("Leukorrhea NOS of vagina", "Leukorrhea NOS of vagina")]
    [InlineData("Murine [endemic] typhus", "Murine [endemic] typhus")]
    [InlineData("salt & pepper syndrome", "salt & pepper syndrome")]
    [InlineData("sclerosis (primary)", "sclerosis (primary)")]
    public void MarksOfVocabulariesAreTakenOff(string written, string text) => Assert.Equal(new TermSynonym(text, true), TermSynonym.Of(written, isExact: true));

    [Theory]
    [InlineData("Hereditary neuropathy (disorder) [Ambiguous]", LexicalRejectionReason.RetiredSynonym)]
    [InlineData("Fever [obs]", LexicalRejectionReason.RetiredSynonym)]
    [InlineData("Glucose: [intolerance] or [malabsorption]", LexicalRejectionReason.CompositeSynonym)]
    [InlineData("(lacrimal disorder NOS) or (epiphora)", LexicalRejectionReason.CompositeSynonym)]
    [InlineData("High blood pressure (& [essential hypertension])", LexicalRejectionReason.CompositeSynonym)]
    [InlineData("acute salpingitis &/or oophoritis", LexicalRejectionReason.CompositeSynonym)]
    [InlineData("Other meningitis NOS", LexicalRejectionReason.ResidualSynonym)]
    [InlineData("Decubitus ulcer, other site", LexicalRejectionReason.ResidualSynonym)]
    public void SynonymsThatNameNothingOfTheirOwnAreFaulty(string written, LexicalRejectionReason reason) => Assert.Equal(reason, TermSynonym.Of(written, isExact: true).Fault?.Reason);

    [Theory]
    [InlineData("A tumor that results_in rapid growth, located_in the skin , has_symptom pain .", "A tumor that results in rapid growth, located in the skin, has symptom pain.")]
    [InlineData("Caused by Brucella suis [NCBITaxon:29461] at the outlet[1].", "Caused by Brucella suis at the outlet.")]
    [InlineData("has_material_basis_in \\nimpaired growth with a \\\"raindrop\\\" pattern.", "has material basis in impaired growth with a \"raindrop\" pattern.")]
    [InlineData("A disease that _material_basis_in mutation of HNF_1 and results_in_formation_ cysts.", "A disease that material basis in mutation of HNF_1 and results in formation cysts.")]
    [InlineData("acute leukemia [ALL] stays", "acute leukemia [ALL] stays")]
    public void DefinitionsAreSentences(string definition, string sentence) => Assert.Equal(sentence, TermText.Sentence(definition));

    [Theory]
    [InlineData("sarcoma of the vagina", "Vagina Sarcoma", true)]
    [InlineData("Ewing's sarcoma", "sarcoma, Ewing", true)]
    [InlineData("Pain - abdomen", "abdominal pain", false)]
    [InlineData("type 1 diabetes", "type 2 diabetes", false)]
    [InlineData("the", "of", false)]
    public void TheSameWordsAreToldWhateverTheirOrder(string one, string other, bool same) => Assert.Equal(same, TermWords.Sorted(one) == TermWords.Sorted(other));

    [Fact]
    public void ShufflingWordsAndCaseChangesNoTermsWords() =>
        Gen.Select(Gen.String[Gen.Char["abcåé1"], 1, 6].Array[1, 6], Gen.Int).Sample((words, seed) =>
        {
            string[] shuffled = [.. words];
            new Random(seed).Shuffle(shuffled);
            return TermWords.Sorted(string.Join(' ', words)) == TermWords.Sorted(string.Join(" - ", shuffled).ToUpperInvariant() + ".");
        });

    [Theory]
    [InlineData("ICD10CM:E11.9", CodeSystem.Icd10, "E11.9")]
    [InlineData("ICD10:E83.31", CodeSystem.Icd10, "E83.31")]
    [InlineData("ICD10CM:A00-A09", CodeSystem.Icd10, "A00-A09")]
    [InlineData("ICD10CM:D3A.8", CodeSystem.Icd10, "D3A.8")]
    [InlineData("ICD9CM:042-042.99", CodeSystem.Icd9, "042-042.99")]
    [InlineData("ICD9CM:V45.1", CodeSystem.Icd9, "V45.1")]
    [InlineData("MeSH:C537227", CodeSystem.Mesh, "C537227")]
    [InlineData("OMIM:108145", CodeSystem.Omim, "108145")]
    [InlineData("SNOMEDCT_US_2015_03_01:90560007", CodeSystem.SnomedCt, "90560007")]
    [InlineData("SNOMEDCT:699861000", CodeSystem.SnomedCt, "699861000")]
    [InlineData("NCI2009_04D:C3088", CodeSystem.Nci, "C3088")]
    [InlineData("UMLS_CUI:C0018923", CodeSystem.Umls, "C0018923")]
    [InlineData("Orphanet:ORPHA2608", CodeSystem.Orphanet, "2608")]
    public void CrossReferencesAreCodesOfSystems(string reference, CodeSystem system, string code)
    {
        Assert.Equal(new TermCode(system, code), CrossReference.Parse(reference, out LexicalFault? fault));
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("KEGG:05214", LexicalRejectionReason.UnknownCodeSystem)]
    [InlineData("url:http\\://example.org", LexicalRejectionReason.UnknownCodeSystem)]
    [InlineData("E11.9", LexicalRejectionReason.UnknownCodeSystem)]
    [InlineData(":E11", LexicalRejectionReason.UnknownCodeSystem)]
    [InlineData("MESH:563466", LexicalRejectionReason.MalformedCode)]
    [InlineData("ICD10CM:diabetes", LexicalRejectionReason.MalformedCode)]
    [InlineData("ICD9CM:", LexicalRejectionReason.MalformedCode)]
    public void OtherCrossReferencesAreFaulty(string reference, LexicalRejectionReason reason)
    {
        Assert.Null(CrossReference.Parse(reference, out LexicalFault? fault));
        Assert.Equal(reason, fault?.Reason);
    }

    [Fact]
    public void EverySystemHasFormsThatHoldTheCode()
    {
        foreach (CodeSystem system in Enum.GetValues<CodeSystem>())
        {
            CodeForms forms = CodeForms.Of(system);
            Assert.Equal(system, forms.System);
            Assert.All((string[])[.. forms.Codes, .. forms.Questions], form => Assert.Contains("{0}", form, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void EveryWordingIsUsedAndAlwaysTheSameForOneThing()
    {
        string[] forms = ["a {0}", "{0} b", "{0}"];
        string[] chosen = [.. Enumerable.Range(0, 100).Select(i => Wording.Choose(forms, $"x{i}y"))];
        Assert.Equal(chosen, Enumerable.Range(0, 100).Select(i => Wording.Choose(forms, $"x{i}y")));
        Assert.Equal(forms.Length, chosen.Select(query => query.Split(' ') is [var first, _] ? (first == "a" ? 0 : 1) : 2).Distinct().Count());
    }
}
