using System.Text.Json.Nodes;
using MedEmbed.Data;
using MedEmbed.Evaluation.Results;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Evaluation.Tests.Systems;
using MedEmbed.Evaluation.Tests.Tasks;

namespace MedEmbed.Evaluation.Tests.Results;

public sealed class TaskEvaluatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheResultFileHoldsMtebsKeysTheIdentityAndEachQuery()
    {
        EvaluatedTask evaluated = await EvaluateAsync(SyntheticBeir.WriteSmall(_folder));
        JsonObject file = Read(evaluated.Summary.Path);

        Assert.Equal(_folder.File("results/words/0123456789ab/small.json"), evaluated.Summary.Path);
        JsonObject scores = file["scores"]!["test"]![0]!.AsObject();
        Assert.Equal(1.0, (double)scores["main_score"]!);
        Assert.Equal(1.0, (double)scores["ndcg_at_1000"]!);
        Assert.Equal("default", (string?)scores["hf_subset"]);
        Assert.Equal("eng-Latn", (string?)scores["languages"]![0]);
        Assert.Equal("small", (string?)file["task_name"]);
        Assert.Equal("find: ", (string?)file["medembed"]!["prompts"]!["query"]);
        Assert.Equal(2, file["medembed"]!["per_query"]!.AsObject().Count);
        Assert.Equal(1.0, (double)file["medembed"]!["per_query"]!["q2"]!["ndcg_at_10"]!);
        JsonObject meta = Read(Path.Combine(Path.GetDirectoryName(evaluated.Summary.Path)!, "model_meta.json"));
        Assert.Equal("0123456789ab", (string?)meta["revision"]);
    }

    [Fact]
    public async Task TwoRunsDifferInTheRunObjectAlone()
    {
        RetrievalTask task = SyntheticBeir.WriteSmall(_folder);
        JsonObject first = Read((await EvaluateAsync(task)).Summary.Path);
        JsonObject second = Read((await EvaluateAsync(task, overwrite: true)).Summary.Path);
        first.Remove("run");
        second.Remove("run");
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact]
    public async Task AResultIsKeptUntilModelDataOrSettingsChange()
    {
        RetrievalTask task = SyntheticBeir.WriteSmall(_folder);
        var encoder = new WordEncoder();
        EvaluatedTask first = await EvaluateAsync(task, encoder: encoder);
        int encoded = encoder.Encoded.Count;
        EvaluatedTask second = await EvaluateAsync(task, encoder: encoder);
        Assert.Equal((false, true), (first.Summary.Kept, second.Summary.Kept));
        Assert.Equal(first.Summary with { Kept = true }, second.Summary);
        Assert.Equal(encoded, encoder.Encoded.Count);

        Assert.False((await EvaluateAsync(task, overwrite: true)).Summary.Kept);
        SyntheticBeir.WriteQrels(task.Path, "test", [("q1", "d1", 1)]);
        Assert.False((await EvaluateAsync(task)).Summary.Kept);
    }

    [Fact]
    public async Task SplitsStandSideBySideAndTheTestSplitComesFirst()
    {
        RetrievalTask task = SyntheticBeir.WriteSmall(_folder);
        SyntheticBeir.WriteQrels(task.Path, "dev", [("unjudged", "d3", 1)]);
        await EvaluateAsync(task, split: "dev");
        string path = (await EvaluateAsync(task)).Summary.Path;
        JsonObject file = Read(path);

        Assert.Equal(["test", "dev"], file["scores"]!.AsObject().Select(split => split.Key));
        Assert.Equal(["q1", "q2"], file["medembed"]!["per_query"]!.AsObject().Select(query => query.Key));
        Assert.Equal(["unjudged"], file["medembed"]!["other_splits"]!["dev"]!["per_query"]!.AsObject().Select(query => query.Key));
        Assert.True((await EvaluateAsync(task, split: "dev")).Summary.Kept);
        Assert.True((await EvaluateAsync(task)).Summary.Kept);
    }

    [Fact]
    public async Task AForeignFileIsAnErrorAndReplacedOnRequest()
    {
        RetrievalTask task = SyntheticBeir.WriteSmall(_folder);
        string path = (await EvaluateAsync(task)).Summary.Path;
        File.WriteAllText(path, "{\"scores\":{\"test\":[]}}");
        Assert.Contains(path, (await Assert.ThrowsAsync<EvaluationException>(() => EvaluateAsync(task))).Message, StringComparison.Ordinal);
        Assert.False((await EvaluateAsync(task, overwrite: true)).Summary.Kept);
    }

    [Fact]
    public async Task ADocumentWithTheQuerysIdIsRemovedAfterTheTopThousand()
    {
        (string, string)[] documents = [("q1", "asthma inhaler"), ("rival", "asthma inhaler use"), .. Enumerable.Range(0, 1500).Select(i => ($"d{i}", "fever"))];
        RetrievalTask task = SyntheticBeir.Write(_folder, "arguana", documents, [("q1", "asthma inhaler"), ("q2", "fever")], [("q1", "rival", 1), ("q2", "d7", 1)]);
        JsonObject plain = Read((await EvaluateAsync(task)).Summary.Path);
        JsonObject ignoring = Read((await EvaluateAsync(task with { Benchmark = BenchmarkRegistry.Find("ArguAna") })).Summary.Path);

        Assert.Equal(0.63093, (double)plain["medembed"]!["per_query"]!["q1"]!["ndcg_at_10"]!, 5);
        Assert.False((bool)plain["medembed"]!["ignore_identical_ids"]!);
        Assert.Equal(1.0, (double)ignoring["medembed"]!["per_query"]!["q1"]!["ndcg_at_10"]!);
        Assert.True((bool)ignoring["medembed"]!["ignore_identical_ids"]!);
        Assert.Equal(1, (int)ignoring["medembed"]!["identical_ids_removed"]!);
        Assert.Equal(1999, (int)ignoring["medembed"]!["counts"]!["hits"]!);
    }

    [Fact]
    public async Task JudgmentsOfUnknownIdsAndQueriesWithoutRelevantDocumentsAreReported()
    {
        RetrievalTask task = SyntheticBeir.WriteSmall(_folder);
        SyntheticBeir.WriteQrels(task.Path, "test", [("q1", "d1", 1), ("q1", "gone", 1), ("nobody", "d1", 1), ("q2", "d2", 0), ("q1", "d1", 1)]);
        EvaluatedTask evaluated = await EvaluateAsync(task);
        JsonNode counts = Read(evaluated.Summary.Path)["medembed"]!["counts"]!;

        Assert.Contains(evaluated.Remarks, remark => remark.Contains("gone", StringComparison.Ordinal));
        Assert.Contains(evaluated.Remarks, remark => remark.Contains("nobody", StringComparison.Ordinal));
        Assert.Contains(evaluated.Remarks, remark => remark.Contains("q2", StringComparison.Ordinal));
        Assert.Contains(evaluated.Remarks, remark => remark.Contains("twice", StringComparison.Ordinal));
        Assert.Equal((1, 1, 1, 1), ((int)counts["judged_documents_not_in_corpus"]!, (int)counts["judged_queries_without_text"]!, (int)counts["queries_without_relevant_documents"]!, (int)counts["duplicate_judgments"]!));
        Assert.Equal(2, (int)counts["queries"]!);
    }

    [Fact]
    public async Task QrelsWithoutJudgmentsOrWithoutAKnownQueryAreErrors()
    {
        RetrievalTask task = SyntheticBeir.WriteSmall(_folder);
        SyntheticBeir.WriteQrels(task.Path, "test", []);
        await Assert.ThrowsAsync<DataFormatException>(() => EvaluateAsync(task));
        SyntheticBeir.WriteQrels(task.Path, "test", [("nobody", "d1", 1)]);
        await Assert.ThrowsAsync<EvaluationException>(() => EvaluateAsync(task));
        Assert.False(Directory.Exists(_folder.File("results")));
    }

    [Fact]
    public async Task AJudgedListRanksEachQuerysOwnPassagesWithLinearGain()
    {
        File.WriteAllText(_folder.File("list.jsonl"), """
            {"query_id":"a","query":"asthma inhaler","passages":[{"text":"asthma inhaler","grade":1},{"text":"asthma","grade":3},{"text":"wrist","grade":0}]}
            {"query_id":"b","query":"fever","passages":[{"text":"asthma inhaler","grade":0},{"text":"fever","grade":2}]}
            """);
        EvaluatedTask evaluated = await EvaluateAsync(Assert.Single(TaskSelection.Resolve([_folder.File("list.jsonl")], null, "test")), prompts: PromptSetting.None);
        JsonNode queries = Read(evaluated.Summary.Path)["medembed"]!["per_query"]!;

        Assert.Equal((1 + 3 / Math.Log2(3)) / (3 + 1 / Math.Log2(3)), (double)queries["a"]!["ndcg_at_10"]!, 5);
        Assert.Equal(1.0, (double)queries["b"]!["ndcg_at_10"]!);
        Assert.Equal(5, (int)Read(evaluated.Summary.Path)["medembed"]!["counts"]!["hits"]!);
    }

    [Fact]
    public async Task ABenchmarksNoteStandsInTheResultAndTellsOtherData()
    {
        RetrievalTask task = SyntheticBeir.WriteSmall(_folder) with { Benchmark = BenchmarkRegistry.Find("MedicalQARetrieval") };
        Assert.Equal("reconstructed; data differs from the registered copy", (await EvaluateAsync(task)).Summary.Note);
    }

    [Fact]
    public async Task OfficialDataIsNotLabelledAsTheIncompleteCopy()
    {
        RetrievalTask task = SyntheticBeir.WriteSmall(_folder);
        RetrievalData data = await TaskReader.ReadAsync(task, "test", TestContext.Current.CancellationToken);
        Benchmark official = BenchmarkRegistry.Find("TRECCOVID")! with { Official = BenchmarkStatistics.Of(data) };
        Assert.Equal(new BenchmarkStatistics(Documents: 3, DocumentCharacters: 41, Queries: 2, QueryCharacters: 29, Relevant: 2), official.Official);
        Assert.Null((await EvaluateAsync(task with { Benchmark = official })).Summary.Note);
        Assert.Equal(official.Note, (await EvaluateAsync(task with { Benchmark = official with { TestHash = data.Hash } })).Summary.Note);
    }

    [Fact]
    public async Task AKeptResultTakesTheDescriptionThatTheModelHasNow()
    {
        RetrievalTask task = SyntheticBeir.WriteSmall(_folder);
        string meta = Path.Combine(Path.GetDirectoryName((await EvaluateAsync(task)).Summary.Path)!, "model_meta.json");
        string written = await File.ReadAllTextAsync(meta, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(meta, "{}", TestContext.Current.CancellationToken);
        Assert.True((await EvaluateAsync(task)).Summary.Kept);
        Assert.Equal(written, await File.ReadAllTextAsync(meta, TestContext.Current.CancellationToken));
    }

    private static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    private Task<EvaluatedTask> EvaluateAsync(RetrievalTask task, string split = "test", bool overwrite = false, WordEncoder? encoder = null, PromptSetting? prompts = null)
    {
        var system = new DenseSystem((encoder ?? new WordEncoder()).Model(), prompts ?? PromptSetting.Own);
        var evaluator = new TaskEvaluator(new ResultFolder(_folder.File("results")), new SilentStages(), TimeProvider.System);
        return evaluator.EvaluateAsync(task, split, system, overwrite, TestContext.Current.CancellationToken);
    }
}
