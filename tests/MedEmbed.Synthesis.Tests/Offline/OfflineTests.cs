using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Grounding;
using MedEmbed.Synthesis.Notes;
using MedEmbed.Synthesis.Offline;
using MedEmbed.Synthesis.Tests.Generation;

namespace MedEmbed.Synthesis.Tests.Offline;

public sealed class OfflineTests
{
    [Fact]
    public async Task SectionsAnswerTheirHeadings()
    {
        CandidatePair[] pairs = await OfAsync("PREOPERATIVE DIAGNOSIS: Postmenopausal bleeding with cervical stenosis of unknown cause.\n\nPLAN\nDilatation and curettage under general anesthesia, then pathology.");
        Assert.Contains(pairs, pair => pair.QueryType == "keyword" && pair.Query.StartsWith("preoperative diagnosis ", StringComparison.Ordinal) && pair.Information == "Postmenopausal bleeding with cervical stenosis of unknown cause.");
        Assert.Contains(pairs, pair => pair.QueryType == "procedure" && pair.Query.StartsWith("What is the plan for ", StringComparison.Ordinal) && pair.Information!.StartsWith("Dilatation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADefinitionAnswersWhatSomethingIs()
    {
        CandidatePair pair = Assert.Single(await OfAsync("Gout is a form of arthritis that causes sudden pain. He is a pleasant man with long-standing gout. Martha Collins is a 50-year-old female with gout."));
        Assert.Equal(("What is Gout?", "Gout is a form of arthritis that causes sudden pain."), (pair.Query, pair.Information));
    }

    [Fact]
    public async Task AFindingAnswersWhatItsTestShowed()
    {
        CandidatePair[] pairs = await OfAsync("The echocardiogram demonstrates reduced ejection fraction and mitral regurgitation. It showed nothing.");
        Assert.Contains(pairs, pair => pair.Query.StartsWith("What did the echocardiogram show about ", StringComparison.Ordinal));
        Assert.All(pairs, pair => Assert.StartsWith("The echocardiogram", pair.Information, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ATitleStandsForTheWholeText()
    {
        CandidatePair[] pairs = await OfAsync("text", "Does aspirin prevent preeclampsia?");
        Assert.Equal(("question", (string?)null), (pairs[0].QueryType, pairs[0].Information));
        Assert.Equal(("keyword", "aspirin prevent preeclampsia"), (pairs[1].QueryType, pairs[1].Query));
    }

    [Fact, Trait("Category", "Golden")]
    public async Task WhatRulesTakeFromRealNotesStandsThere()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        int pairs = 0;
        await foreach (Note note in new NoteReader(SharedFiles.Require("data/notes/mtsamples.jsonl"), new NoteReadOptions { IdField = "sample_id", TextField = "transcription" }).ReadAsync(cancellation))
        {
            if (pairs > 2000)
                break;
            var check = new GroundingCheck(note.Text, GroundingOptions.Verbatim);
            foreach (CandidatePair pair in (await new OfflineCandidateSource().GenerateAsync(new NotePart(note, 1, 1, note.Text), cancellation)).Pairs)
            {
                pairs++;
                Assert.True(check.Of(pair.Information!).Kind == GroundingKind.Verbatim, $"{note.Id}: {pair.Information}");
            }
        }

        Assert.True(pairs > 500, $"{pairs} pairs");
    }

    [Fact]
    public async Task TheOutputIsMarked()
    {
        using var folder = new TemporaryFolder();
        GenerationReport report = await new GenerationRun(new OfflineCandidateSource()).ExecuteAsync(TestNotes.Stream(3), folder.File("out"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.Pairs > 0);
        Assert.All(File.ReadLines(Path.Combine(folder.File("out"), "pairs.jsonl")), line => Assert.Contains("\"source\":\"offline-rules\"", line, StringComparison.Ordinal));
    }

    private static async Task<CandidatePair[]> OfAsync(string text, string? title = null) =>
        [.. (await new OfflineCandidateSource().GenerateAsync(new NotePart(new Note("n", title, text), 1, 1, text))).Pairs];
}
