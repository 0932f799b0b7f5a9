using CsCheck;
using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Checks;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Tests.Checks;

public sealed class PairChecksTests
{
    private const string Text = "The woman has had a dry cough for two weeks. Chest radiography revealed a nodule of 12 mm.";

    private static readonly NotePart Part = new(new Note("n", null, Text), 1, 1, Text);

    [Theory]
    [InlineData("ab", "The woman has had a dry cough for two weeks.", 0.9, RejectionReason.QueryTooShort)]
    [InlineData("how long is the cough", "dry cough", 0.9, RejectionReason.ResponseTooShort)]
    [InlineData("how long is the cough", "The woman has had a dry cough for two weeks.", 0.4, RejectionReason.LowRelevance)]
    [InlineData("how long is Mrs. Miller's cough", "The woman has had a dry cough for two weeks.", 0.9, RejectionReason.Identifier)]
    [InlineData("how long is the cough", "The woman has had a wet cough since the spring.", 0.9, RejectionReason.Ungrounded)]
    [InlineData("The woman has had a dry cough", "The woman has had a dry cough for two weeks.", 0.9, RejectionReason.QueryCopiesResponse)]
    public void EachRuleRejectsWhatBreaksIt(string query, string response, double relevance, RejectionReason reason) =>
        Assert.Equal(reason, new PairChecks(CheckOptions.Default).Check(Part, new CandidatePair(query, "lay", response, relevance), out _)?.Reason);

    [Fact]
    public void AQueryIsTakenOnceANote()
    {
        var checks = new PairChecks(CheckOptions.Default);
        Assert.Null(Check(checks, Part, "how long did the cough last"));
        Assert.Equal(RejectionReason.DuplicateQuery, Check(checks, Part, "How long did a cough last?"));
        Assert.Null(Check(checks, Part, "duration of coughing"));
        NotePart other = Part with { Note = new Note("m", null, Text) };
        Assert.Null(Check(checks, other, "how long did the cough last"));
    }

    [Fact]
    public void AQueryIsTakenOnceOfAllNotesWhereThatIsWanted()
    {
        var checks = new PairChecks(CheckOptions.Default with { DuplicatesAcrossNotes = true });
        Assert.Null(Check(checks, Part, "how long did the cough last"));
        Assert.Equal(RejectionReason.DuplicateQuery, Check(checks, Part with { Note = new Note("m", null, Text) }, "how long did the cough last"));
    }

    [Fact]
    public void DuplicatesAreThoseThatComparingWithEveryEarlierQueryFinds()
    {
        string[] words = ["cough", "nodule", "lung", "fever", "biopsy", "pain"];
        Gen.Select(Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[1, 6].Array[2, 12], Gen.Double[0.3, 1]).Sample((drawn, similarity) =>
        {
            var index = new QueryDuplicates(similarity);
            List<HashSet<string>> kept = [];
            foreach (string[] query in drawn)
            {
                HashSet<string> set = [.. query];
                bool expected = kept.Exists(earlier => (double)earlier.Intersect(set).Count() / earlier.Union(set).Count() >= similarity);
                Assert.Equal(expected, index.AddOrFind(string.Join(' ', query)) is not null);
                if (!expected)
                    kept.Add(set);
            }
        });
    }

    private static RejectionReason? Check(PairChecks checks, NotePart part, string query) =>
        checks.Check(part, new CandidatePair(query, "lay", "The woman has had a dry cough for two weeks.", 0.9), out _)?.Reason;
}
