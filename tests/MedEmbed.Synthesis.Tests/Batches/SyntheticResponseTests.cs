using MedEmbed.Synthesis.Batches;
using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Grounding;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Tests.Batches;

/// <summary>Real responses of an LLM, for every note there is one of.</summary>
[Trait("Category", "Golden")]
public sealed class SyntheticResponseTests
{
    private const double MinGrounded = 0.97;

    [Theory, InlineData("notes", "notes"), InlineData("abstracts", "abstracts")]
    public async Task NearlyAllPairsStandWordForWordInTheirNotes(string notes, string responses)
    {
        var check = new Dictionary<string, GroundingCheck>();
        long grounded = 0, all = 0;
        await foreach ((Note note, CandidatePair pair) in PairsAsync(notes, responses))
        {
            if (!check.TryGetValue(note.Id, out GroundingCheck? ofNote))
                check[note.Id] = ofNote = new GroundingCheck(note.Text, GroundingOptions.Verbatim);
            all++;
            grounded += pair.Information is null || ofNote.Of(pair.Information).Kind == GroundingKind.Verbatim ? 1 : 0;
        }

        Assert.True(all > 0 && grounded >= MinGrounded * all, $"{grounded} of {all} pairs are grounded");
        TestContext.Current.TestOutputHelper?.WriteLine($"{notes}: {grounded} of {all} pairs are grounded word for word");
    }

    [Theory, InlineData("notes", "notes"), InlineData("abstracts", "abstracts"), InlineData("abstracts", "short"), InlineData("nutrition", "nutrition")]
    public async Task ResponsesBecomePairs(string notes, string responses)
    {
        using var folder = new TemporaryFolder();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var source = new BatchCandidateSource(await BatchResponses.ReadAsync([SharedFiles.Require($"data/synthetic/{responses}.responses.jsonl")], cancellation));
        GenerationReport report = await new GenerationRun(source, new GenerationOptions { KeepWhole = _ => true, Window = 1 })
            .ExecuteAsync(new NoteReader(SharedFiles.Require($"data/synthetic/{notes}.jsonl")).ReadAsync(cancellation), folder.File("out"), cancellationToken: cancellation);
        Assert.Equal(report.Candidates, report.Pairs + report.Rejected.Values.Sum());
        Assert.Equal(report.Pairs, File.ReadLines(Path.Combine(folder.File("out"), "pairs.jsonl")).LongCount());
        Assert.True(report.Pairs > 0.9 * report.Candidates, $"{report.Pairs} of {report.Candidates} passed");
        Assert.Equal(0, report.PartsWithoutAnswer);
        TestContext.Current.TestOutputHelper?.WriteLine($"{responses}: {report.Pairs} of {report.Candidates}; {string.Join(", ", report.Rejected.Select(reason => $"{reason.Key} {reason.Value}"))}; {string.Join(", ", report.Grounding.Select(kind => $"{kind.Key} {kind.Value}"))}");
    }

    private static async IAsyncEnumerable<(Note Note, CandidatePair Pair)> PairsAsync(string notes, string responses)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var source = new BatchCandidateSource(await BatchResponses.ReadAsync([SharedFiles.Require($"data/synthetic/{responses}.responses.jsonl")], cancellation));
        await foreach (Note note in new NoteReader(SharedFiles.Require($"data/synthetic/{notes}.jsonl")).ReadAsync(cancellation))
        {
            NoteCandidates candidates = await source.GenerateAsync(new NotePart(note, 1, 1, note.Text), cancellation);
            foreach (CandidatePair pair in candidates.Pairs)
                yield return (note, pair);
        }
    }
}
