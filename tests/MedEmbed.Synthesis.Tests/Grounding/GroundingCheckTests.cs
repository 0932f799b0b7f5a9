using CsCheck;
using MedEmbed.Synthesis.Grounding;

namespace MedEmbed.Synthesis.Tests.Grounding;

public sealed class GroundingCheckTests
{
    private const string Note =
        "HISTORY:  The patient denies chest pain.\nShe takes lisinopril 10 mg daily; her blood pressure was 128/76.\n\nFINDINGS: The uterus was retroverted, the cavity smooth, and the sounding depth 8.5 cm. No fibroids were seen.";

    [Theory]
    [InlineData("The patient denies chest pain.")]
    [InlineData("the PATIENT\n denies chest  pain.")]
    [InlineData("No fibroids were seen. The patient denies chest pain.")]
    [InlineData("lisinopril 10 mg daily")]
    public void SentencesOfTheNoteAreVerbatim(string response) => Assert.Equal(GroundingKind.Verbatim, Of(response).Kind);

    [Theory]
    [InlineData("The uterus was retroverted, … and the sounding depth 8.5 cm.")]
    [InlineData("The uterus was retroverted [...] the sounding depth 8.5 cm.")]
    [InlineData("The uterus was retroverted, the cavity was smooth, and the sounding depth 8.5 cm.")]
    [InlineData("The uterus was retroverted the cavity smooth and the sounding depth 8.5 cm")]
    public void ElisionsAndASlipOfAWordAreAligned(string response) => Assert.Equal(GroundingKind.Aligned, Of(response).Kind);

    [Theory]
    [InlineData("The patient has chest pain.")]
    [InlineData("The patient chest pain.")]
    [InlineData("She takes lisinopril 20 mg daily; her blood pressure was 128/76.")]
    [InlineData("The uterus was not retroverted, the cavity smooth, and the sounding depth 8.5 cm.")]
    [InlineData("The uterus was retroverted, the cavity smooth, and the sounding depth 85 cm.")]
    [InlineData("Fibroids are treated with surgery or with drugs that shrink them.")]
    [InlineData("  \n ")]
    public void WhatTheNoteDoesNotSayIsAbsent(string response) => Assert.Equal(GroundingKind.Absent, Of(response).Kind);

    [Fact]
    public void ANumberOfAListMayBeLeftOutAndAnotherNumberMayNot()
    {
        var check = new GroundingCheck("DISCHARGE DIAGNOSES\n1. Acute gastroenteritis, resolved.\n2. Gastrointestinal bleed.\nMEDICATIONS\n1. Aspirin 81 mg.\n2. Dilantin 300 mg daily.");
        Assert.Equal(GroundingKind.Aligned, check.Of("DISCHARGE DIAGNOSES Acute gastroenteritis, resolved.").Kind);
        Assert.Equal(GroundingKind.Absent, check.Of("MEDICATIONS Dilantin 300 mg daily.").Kind);
    }

    [Fact]
    public void AScoreOfOneWantsEverySentenceWordForWord()
    {
        var strict = new GroundingCheck(Note, GroundingOptions.Verbatim);
        Assert.Equal(GroundingKind.Absent, strict.Of("The uterus was retroverted, the cavity was smooth, and the sounding depth 8.5 cm.").Kind);
        GroundingResult missing = strict.Of("The patient denies chest pain. The moon is blue.");
        Assert.Equal((GroundingKind.Absent, "The moon is blue."), (missing.Kind, missing.Missing));
    }

    [Fact]
    public void EveryRunOfWordsOfANoteIsVerbatimHoweverItIsSpacedAndCased()
    {
        string[] words = Note.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Gen.Select(Gen.Int[0, words.Length - 1], Gen.Int[1, words.Length], Gen.Bool).Sample((start, count, upper) =>
        {
            string response = string.Join(upper ? "\n " : "  ", words.Skip(start).Take(count));
            Assert.Equal(GroundingKind.Verbatim, Of(upper ? response.ToUpperInvariant() : response).Kind);
        });
    }

    [Fact]
    public void OneWordOfNowhereInAnySentenceLowersTheScore()
    {
        string[] words = "The uterus was retroverted, the cavity smooth, and the sounding depth".Split(' ');
        Gen.Int[1, words.Length - 1].Sample(at =>
        {
            GroundingResult result = Of(string.Join(' ', [.. words[..at], "zebra", .. words[at..]]));
            Assert.True(result.Score is < 1 and > 0.8, $"score {result.Score} with a word put in at {at}");
        });
    }

    private static GroundingResult Of(string response) => new GroundingCheck(Note).Of(response);
}
