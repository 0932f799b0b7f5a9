using System.Globalization;
using System.Text.Json;
using MedEmbed.Evaluation.Results;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Tests.Benchmarks;

/// <summary>The base model's scores against those of sentence-transformers and MTEB on the same data.</summary>
public class GoldenBenchmarkTests(BaseModel model) : IClassFixture<BaseModel>
{
    private const double Tolerance = 0.0005;

    /// <summary>
    /// 33 texts of its corpus stand several times, 74 documents in all, each relevant for a query. Here equal texts tie exactly and ids decide; a reference that
    /// encodes each on its own may have them differ in the last bit, and ranks such documents by that.
    /// </summary>
    private const double MedicalQaTolerance = 0.002;

    /// <summary>nDCG@10 without prompt, as published for the base model.</summary>
    private const double PublishedNfCorpus = 0.33708;

    [Theory, Trait("Category", "Golden"), InlineData("none"), InlineData("query")]
    public Task PublicHealthQaEqualsTheReference(string prompt) => ScoresEqualTheReference("PublicHealthQA", prompt, Tolerance);

    [Theory, Trait("Category", "Evaluation")]
    [InlineData("NFCorpus", "none", Tolerance)]
    [InlineData("NFCorpus", "query", Tolerance)]
    [InlineData("MedicalQARetrieval", "none", MedicalQaTolerance)]
    [InlineData("MedicalQARetrieval", "query", MedicalQaTolerance)]
    [InlineData("ArguAna", "none", Tolerance)]
    [InlineData("ArguAna", "query", Tolerance)]
    [InlineData("TRECCOVID", "none", Tolerance)]
    [InlineData("TRECCOVID", "query", Tolerance)]
    public Task TheOtherBenchmarksEqualTheReference(string task, string prompt, double tolerance) => ScoresEqualTheReference(task, prompt, tolerance);

    [Fact, Trait("Category", "Evaluation")]
    public async Task NfCorpusWithoutPromptEqualsThePublishedScore() =>
        Assert.Equal(PublishedNfCorpus, (await EvaluateAsync("NFCorpus", PromptSetting.None)).NdcgAt10, Tolerance);

    [Fact, Trait("Category", "Evaluation")]
    public async Task TheSharedCopiesAreTheRegisteredOnes()
    {
        foreach (RetrievalTask task in TaskSelection.Resolve(["all"], SharedFiles.Require("data/benchmarks"), Benchmark.TestSplit))
            Assert.Equal((task.Name, task.Benchmark!.TestHash), (task.Name, (await TaskReader.ReadAsync(task, Benchmark.TestSplit, TestContext.Current.CancellationToken)).Hash));
    }

    [Theory, Trait("Category", "Evaluation")]
    [InlineData("NFCorpus", true)]
    [InlineData("PublicHealthQA", true)]
    [InlineData("ArguAna", false)]
    [InlineData("MedicalQARetrieval", false)]
    [InlineData("TRECCOVID", false)]
    public async Task TheWholeCopiesAndOnlyTheseHaveTheStatisticsThatMtebStates(string name, bool whole)
    {
        RetrievalTask task = Assert.Single(TaskSelection.Resolve([name], SharedFiles.Require("data/benchmarks"), Benchmark.TestSplit));
        var statistics = BenchmarkStatistics.Of(await TaskReader.ReadAsync(task, Benchmark.TestSplit, TestContext.Current.CancellationToken));
        BenchmarkStatistics official = task.Benchmark!.Official;
        Assert.Equal(whole, statistics == official);
        Assert.Equal((official.Queries, official.QueryCharacters), (statistics.Queries, statistics.QueryCharacters));
    }

    private async Task ScoresEqualTheReference(string task, string prompt, double tolerance)
    {
        using JsonDocument golden = JsonDocument.Parse(await File.ReadAllTextAsync(SharedFiles.Require($"golden/evaluation/{task}.{prompt}.json"), TestContext.Current.CancellationToken));
        string expectedPrompt = golden.RootElement.GetProperty("query_prompt").GetString()!;
        ResultSummary result = await EvaluateAsync(task, prompt == "none" ? PromptSetting.None : PromptSetting.Own);
        Assert.Equal(expectedPrompt, result.QueryPrompt);

        using JsonDocument file = JsonDocument.Parse(await File.ReadAllTextAsync(result.Path, TestContext.Current.CancellationToken));
        JsonElement scores = file.RootElement.GetProperty("scores").GetProperty(Benchmark.TestSplit)[0];
        string[] wrong = [.. golden.RootElement.GetProperty("scores").EnumerateObject()
            .Where(expected => IsCompared(expected.Name))
            .Select(expected => (expected.Name, Expected: expected.Value.GetDouble(), Actual: scores.GetProperty(expected.Name).GetDouble()))
            .Where(pair => Math.Abs(pair.Expected - pair.Actual) > tolerance)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Name}: expected {pair.Expected:F5}, got {pair.Actual:F5}"))];
        Assert.True(wrong.Length == 0, $"{task}, prompt {prompt}:{Environment.NewLine}{string.Join(Environment.NewLine, wrong)}");
    }

    private static bool IsCompared(string metric) => ((ReadOnlySpan<string>)["ndcg_at_", "map_at_", "recall_at_", "mrr_at_"]).ToArray().Any(family => metric.StartsWith(family, StringComparison.Ordinal));

    private async Task<ResultSummary> EvaluateAsync(string name, PromptSetting prompts)
    {
        RetrievalTask task = Assert.Single(TaskSelection.Resolve([name], SharedFiles.Require("data/benchmarks"), Benchmark.TestSplit));
        var evaluator = new TaskEvaluator(model.Results, new SilentStages(), TimeProvider.System);
        return (await evaluator.EvaluateAsync(task, Benchmark.TestSplit, model.With(prompts), cancellationToken: TestContext.Current.CancellationToken)).Summary;
    }
}
