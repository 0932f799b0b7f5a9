using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Tests.Endpoint;

namespace MedEmbed.Synthesis.Tests.Generation;

public sealed class UnusableAnswerTests
{
    private const string WrongSchema = """{"pairs": [{"question": "x"}]}""";

    [Theory]
    [InlineData("", "it was empty")]
    [InlineData("Here are your queries.", "no valid JSON")]
    [InlineData(WrongSchema, "no array \"qa_pairs\"")]
    [InlineData("""{"qa_pairs": []}""", "was empty")]
    [InlineData("""{"qa_pairs": [{"query": "q", "query_type": "essay", "information": "i", "relevance_score": 1}]}""", "\"query_type\" must be one of")]
    [InlineData("""{"qa_pairs": [{"query": "q", "query_type": "lay", "information": "i", "relevance_score": 95}]}""", "\"relevance_score\" must be a number from 0 to 1")]
    [InlineData("<think>Let me see", "ended before any JSON")]
    public async Task AskingAgainSaysWhatWasWrong(string answer, string problem)
    {
        using var run = new FakeRun(request => request.Number == 1 ? FakeReply.Text(answer) : FakeReply.Text(TestNotes.Answer(request.Messages[1])));
        GenerationReport report = await run.RunAsync();
        Assert.Equal(2, report.Pairs);
        FakeRequest again = run.Server.Requests.Last();
        Assert.Contains(problem, again.Messages[^1], StringComparison.Ordinal);
        if (answer.Length > 0)
            Assert.Equal($"assistant: {answer}", again.Messages[^2]);
        Assert.Equal(2, run.StoredLines.Length);
        Assert.Single(report.Problems);
    }

    [Fact]
    public async Task AnAnswerThatComesAgainEndsTheMatter()
    {
        using var run = new FakeRun(_ => FakeReply.Text(WrongSchema));
        GenerationReport report = await run.RunAsync();
        Assert.Equal(2, run.Server.Requests.Count);
        Assert.Equal(["repeated_answer", "wrong_schema"], report.Problems.Keys);
        Assert.Equal("repeated_answer", run.Rejected.Single().GetProperty("reason").GetString());
    }

    [Fact]
    public async Task AskingAgainEnds()
    {
        using var run = new FakeRun(request => FakeReply.Text($"no. {request.Number}"));
        await run.RunAsync();
        Assert.Equal(1 + run.Llm.MaxReasks, run.Server.Requests.Count);
        Assert.Equal(3, run.Server.Requests.Select(request => string.Join('\n', request.Messages)).Distinct().Count());
    }

    [Theory]
    [InlineData("I'm sorry, but I can't help with medical records.", null, "stop", true)]
    [InlineData("", "I cannot do that.", "stop", true)]
    [InlineData("", "I cannot do that.", "stop", false)]
    [InlineData("", null, "content_filter", true)]
    public async Task ARefusalIsNotAskedAgain(string content, string? refusal, string finish, bool stream)
    {
        using var run = new FakeRun(_ => new FakeReply { Content = content, Refusal = refusal, FinishReason = finish });
        run.Endpoint = FakeRun.Defaults(run.Server.Address) with { Stream = stream };
        GenerationReport report = await run.RunAsync();
        Assert.Equal(["refused"], report.Problems.Keys);
        Assert.Single(run.Server.Requests);
    }

    [Fact]
    public async Task WholeEntriesBeforeACutAreKept()
    {
        using var run = new FakeRun(request =>
        {
            string answer = TestNotes.Answer(request.Messages[1]);
            return new FakeReply { Content = answer[..(answer.Length - 40)], FinishReason = "length" };
        });
        GenerationReport report = await run.RunAsync();
        Assert.Equal(1, report.Pairs);
        Assert.Single(run.Server.Requests);
        Assert.Equal(1, report.Problems["mended_cut_off"]);
    }

    [Fact]
    public async Task ARerunAsksNothingAndWritesTheSame()
    {
        using var run = new FakeRun(request => request.Number % 3 == 0 ? FakeReply.Text(WrongSchema) : FakeReply.Text(TestNotes.Answer(request.Messages[1])));
        await run.RunAsync(notes: 12);
        string[] before = Files(run);
        int asked = run.Server.Requests.Count;
        await run.RunAsync(notes: 12);
        Assert.Equal(asked, run.Server.Requests.Count);
        Assert.Equal(before, Files(run));
    }

    [Fact]
    public async Task AnotherModelPromptOrSettingIsAskedAnew()
    {
        using var run = new FakeRun(request => FakeReply.Text(TestNotes.Answer(request.Messages[1])));
        await run.RunAsync();
        run.Llm = new LlmGenerationOptions { Settings = new CompletionSettings { Model = "other" } };
        await run.RunAsync();
        run.Llm = new LlmGenerationOptions { Settings = new CompletionSettings { Model = "other", Temperature = 0.9f } };
        await run.RunAsync();
        run.Llm = run.Llm with { Mix = Synthesis.Prompts.QueryMix.Parse("lay=3") };
        await run.RunAsync();
        Assert.Equal(4, run.Server.Requests.Count);
    }

    [Fact]
    public async Task TheOutputDoesNotDependOnHowManyRequestsRunAtOnce()
    {
        string[]? expected = null;
        foreach (int concurrency in (int[])[1, 7])
        {
            using var run = new FakeRun(request => FakeReply.Text(TestNotes.Answer(request.Messages[1])) with { Delay = TimeSpan.FromMilliseconds(request.Number * 7 % 30) });
            run.Endpoint = FakeRun.Defaults(run.Server.Address) with { Concurrency = concurrency };
            await run.RunAsync(notes: 25);
            expected ??= Files(run);
            Assert.Equal(expected, Files(run));
        }
    }

    private static string[] Files(FakeRun run) => [.. new[] { "pairs.jsonl", "rejected.jsonl", "report.json" }.Select(name => File.ReadAllText(Path.Combine(run.Output, name)))];
}
