using System.Text.Json;
using MedEmbed.Synthesis.Batches;
using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Notes;
using MedEmbed.Synthesis.Tests.Generation;

namespace MedEmbed.Synthesis.Tests.Batches;

public sealed class BatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly BatchRequests _requests = new(new LlmGenerationOptions { Settings = new CompletionSettings { Model = "m", Seed = 5 } });

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ARequestHasTheNoteAndTheSchema()
    {
        long written = await _requests.WriteAsync(_folder.File("r.jsonl"), TestNotes.Stream(3), new NoteSplitter(8000), cancellationToken: TestContext.Current.CancellationToken);
        JsonElement[] lines = Lines("r.jsonl");
        Assert.Equal((3, 3), (written, lines.Length));
        JsonElement body = lines[1].GetProperty("body");
        Assert.Equal(("n1", "POST", "/v1/chat/completions"), (lines[1].GetProperty("custom_id").GetString(), lines[1].GetProperty("method").GetString(), lines[1].GetProperty("url").GetString()));
        Assert.Equal(("m", 5), (body.GetProperty("model").GetString(), body.GetProperty("seed").GetInt32()));
        Assert.Contains("dry cough for 3 weeks", body.GetProperty("messages")[1].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal("json_schema", body.GetProperty("response_format").GetProperty("type").GetString());
    }

    [Fact]
    public async Task ResponsesBecomePairsAndFailuresAreListedAndAskedAgain()
    {
        string responses = Write(
            Response("n0", TestNotes.Answer(TestNotes.Note(0).Text)),
            Response("n1", "no JSON here"),
            """{"custom_id": "n2", "response": null, "error": {"code": "batch_expired", "message": "expired"}}""",
            """{"custom_id": "n3", "response": {"status_code": 500, "body": {"error": {"type": "server_error"}}}, "error": null}""",
            Response("n5", "I'm sorry, I cannot do that."));
        var source = new BatchCandidateSource(await BatchResponses.ReadAsync([responses], TestContext.Current.CancellationToken));
        GenerationReport report = await RunAsync(source, notes: 6);
        Assert.Equal((2, 5), (report.Pairs, report.PartsWithoutAnswer));
        Assert.Equal(new Dictionary<string, long> { ["failed_response"] = 2, ["missing_response"] = 1, ["no_json"] = 1, ["refused"] = 1 }, report.Problems);
        _requests.WriteAgain(_folder.File("again.jsonl"), source.Failed);
        JsonElement[] again = Lines("again.jsonl");
        Assert.Equal(["n1", "n2", "n3", "n4"], again.Select(line => line.GetProperty("custom_id").GetString()));
        string repair = again[0].GetProperty("body").GetProperty("messages")[3].GetProperty("content").GetString()!;
        Assert.Contains("no valid JSON", repair, StringComparison.Ordinal);
        Assert.Equal(2, again[1].GetProperty("body").GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task AnAnswerGoesBeforeAFailureInAnyOrder()
    {
        string failure = """{"custom_id": "n0", "response": null, "error": {"code": "expired"}}""";
        string answer = Response("n0", TestNotes.Answer(TestNotes.Note(0).Text));
        foreach (string[] lines in (string[][])[[failure, answer], [answer, failure]])
        {
            var source = new BatchCandidateSource(await BatchResponses.ReadAsync([Write(lines)], TestContext.Current.CancellationToken));
            Assert.Equal(2, (await RunAsync(source, notes: 1)).Pairs);
        }
    }

    [Fact]
    public async Task NullInformationIsTheWholeNote()
    {
        string answer = """{"qa_pairs": [{"query": "lung nodule", "query_type": "topic", "information": null, "relevance_score": 0.6}]}""";
        var source = new BatchCandidateSource(await BatchResponses.ReadAsync([Write(Response("n0", answer))], TestContext.Current.CancellationToken));
        await RunAsync(source, notes: 1);
        JsonElement pair = JsonSerializer.Deserialize<JsonElement>(File.ReadAllLines(Path.Combine(_folder.File("out"), "pairs.jsonl")).Single());
        Assert.Equal(TestNotes.Note(0).Text, pair.GetProperty("positive").GetString());
        Assert.Equal("batch:vllm-model", pair.GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("[1]", "custom_id")]
    [InlineData("""{"custom_id": "a", "method": "POST", "body": {}}""", "is a request")]
    [InlineData("""{"custom_id": "a", "response": {"stat""", "cut off")]
    public async Task AFileThatHoldsNoResponsesIsNamed(string line, string problem)
    {
        SynthesisFormatException error = await Assert.ThrowsAsync<SynthesisFormatException>(() => BatchResponses.ReadAsync([Write(line)], TestContext.Current.CancellationToken));
        Assert.Contains("responses.jsonl:1: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static string Response(string id, string content) => JsonSerializer.Serialize(new
    {
        id = "b",
        custom_id = id,
        response = new { status_code = 200, body = new { model = "vllm-model", choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content } } } } },
        error = (object?)null,
    });

    private Task<GenerationReport> RunAsync(BatchCandidateSource source, int notes) =>
        new GenerationRun(source, new GenerationOptions { Overwrite = true, Window = 1 }).ExecuteAsync(TestNotes.Stream(notes), _folder.File("out"), cancellationToken: TestContext.Current.CancellationToken);

    private JsonElement[] Lines(string file) => [.. File.ReadAllLines(_folder.File(file)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private string Write(params string[] lines)
    {
        File.WriteAllLines(_folder.File("responses.jsonl"), lines);
        return _folder.File("responses.jsonl");
    }
}
