using System.Text.Json;
using MedEmbed.Synthesis.Checks;
using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Endpoint;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Notes;
using MedEmbed.Synthesis.Prompts;
using Microsoft.Extensions.AI;

namespace MedEmbed.Synthesis.Tests.Llm;

[Trait("Category", "Slow")]
public sealed class RealLlmTests(LlmFixture llm) : IClassFixture<LlmFixture>
{
    private const int Notes = 10;

    // The model has 135 million parameters: short pieces of notes and short answers keep it near the matter, and the machine free.
    private const int NoteCharacters = 700;

    [Fact]
    public async Task TenNotesGiveThePairsThatPassAndAReportOfTheRest()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Uri address = llm.Require();
        using var folder = new TemporaryFolder();
        (GenerationReport report, EndpointStatistics statistics) = await RunAsync(address, folder, cancellation);
        JsonElement[] pairs = Lines(folder, "pairs.jsonl");
        JsonElement[] rejected = Lines(folder, "rejected.jsonl");
        TestContext.Current.TestOutputHelper?.WriteLine(File.ReadAllText(Path.Combine(folder.File("out"), "report.json")));
        Assert.Equal(Notes, report.Notes);
        Assert.True(report.Candidates > 0, "no answer had a single entry");
        Assert.Equal(report.Candidates, report.Pairs + report.Rejected.Values.Sum());
        Assert.Equal(report.Pairs, pairs.Length);
        Assert.True(rejected.Length >= report.Rejected.Values.Sum() + report.PartsWithoutAnswer);
        Assert.All(rejected, line => Assert.NotEqual("", line.GetProperty("reason").GetString()));
        Assert.True(statistics.OutputTokens > 0);

        // The same again asks nothing, and every pair stands in its note.
        string before = File.ReadAllText(Path.Combine(folder.File("out"), "pairs.jsonl"));
        (_, EndpointStatistics again) = await RunAsync(address, folder, cancellation);
        Assert.Equal(0, again.Requests);
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder.File("out"), "pairs.jsonl")));
        Dictionary<string, string> notes = await ReadAsync().ToDictionaryAsync(note => note.Id, note => note.Text, cancellationToken: cancellation);
        foreach (JsonElement pair in pairs)
        {
            var check = new Synthesis.Grounding.GroundingCheck(notes[pair.GetProperty("note_id").GetString()!]);
            Assert.NotEqual(Synthesis.Grounding.GroundingKind.Absent, check.Of(pair.GetProperty("positive").GetString()!).Kind);
        }
    }

    private static async Task<(GenerationReport Report, EndpointStatistics Statistics)> RunAsync(Uri address, TemporaryFolder folder, CancellationToken cancellation)
    {
        var endpoint = new EndpointOptions { Address = address, Concurrency = 1, Timeout = TimeSpan.FromMinutes(3), StallTimeout = TimeSpan.FromMinutes(1) };
        var statistics = new EndpointStatistics();
        var options = new LlmGenerationOptions
        {
            Settings = new CompletionSettings { Model = "smollm2", MaxTokens = 160, Temperature = 0, Seed = 1 },
            Mix = QueryMix.Parse("keyword=1,natural_language=1"),
            MaxReasks = 1,
        };
        using CompletionStore store = CompletionStore.Open(folder.File("completions.jsonl"));
        using IChatClient client = new PatientChatClient(ChatEndpoint.Create(endpoint, options.Settings.Model), endpoint, statistics);
        using var source = new LlmCandidateSource(client, store, options);
        var run = new GenerationRun(source, new GenerationOptions { Overwrite = true, Checks = CheckOptions.Default });
        return (await run.ExecuteAsync(ReadAsync().Take(Notes), folder.File("out"), cancellationToken: cancellation), statistics);
    }

    private static IAsyncEnumerable<Note> ReadAsync() =>
        new NoteReader(SharedFiles.Require("data/notes/aci_bench.jsonl"), new NoteReadOptions { TextField = "note" }).ReadAsync(TestContext.Current.CancellationToken)
            .Select(note => note with { Text = new NoteSplitter(NoteCharacters).Split(note)[0].Text });

    private static JsonElement[] Lines(TemporaryFolder folder, string file) =>
        [.. File.ReadAllLines(Path.Combine(folder.File("out"), file)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
}
