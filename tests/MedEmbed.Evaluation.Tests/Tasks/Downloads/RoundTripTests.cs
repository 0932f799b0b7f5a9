using System.Globalization;
using System.Text.Json;
using MedEmbed.Data.Judgments;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Evaluation.Tasks.Downloads;
using MedEmbed.Tests.Hub;

namespace MedEmbed.Evaluation.Tests.Tasks.Downloads;

/// <summary>Real benchmarks, put into the hub's form and brought back.</summary>
[Trait("Category", "Golden")]
public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory, InlineData("NFCorpus"), InlineData("ArguAna")]
    public async Task ABeirDatasetComesBackAsItWas(string name)
    {
        Benchmark benchmark = BenchmarkRegistry.Find(name)!;
        string folder = SharedFiles.Require($"data/benchmarks/{benchmark.Folder}");
        Dictionary<string, byte[]> files = new()
        {
            ["corpus.jsonl"] = await File.ReadAllBytesAsync(Path.Combine(folder, "corpus.jsonl"), TestContext.Current.CancellationToken),
            ["queries.jsonl"] = await File.ReadAllBytesAsync(Path.Combine(folder, "queries.jsonl"), TestContext.Current.CancellationToken),
        };
        foreach (string split in BeirFolder.Open(folder).Splits)
        {
            Qrels qrels = await BeirFolder.Open(folder).ReadQrelsAsync(split, cancellationToken: TestContext.Current.CancellationToken);
            files[$"qrels/{split}.jsonl"] = System.Text.Encoding.UTF8.GetBytes(string.Concat(qrels.Enumerate().Select(judgment => string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"query-id":{{JsonSerializer.Serialize(judgment.QueryId)}},"corpus-id":{{JsonSerializer.Serialize(judgment.DocumentId)}},"score":{{judgment.Grade}}.0}{{"\n"}}"""))));
        }

        await ComesBackAsItWas(benchmark, files);
    }

    [Fact]
    public async Task QuestionsAndAnswersComeBackAsTheyWere()
    {
        Benchmark benchmark = BenchmarkRegistry.Find("PublicHealthQA")!;
        RetrievalData data = await ReadAsync(benchmark, SharedFiles.Require("data/benchmarks"));
        Dictionary<string, string> texts = data.DocumentIds.Zip(data.Documents.OfItem, (id, text) => (id, data.Documents.Texts[text])).ToDictionary(document => document.id, document => document.Item2, StringComparer.Ordinal);
        await ComesBackAsItWas(benchmark, HubBenchmarks.AsTable(data.QueryIds.Index().Select(query =>
            (data.Queries.Texts[data.Queries.OfItem[query.Index]], texts[data.Qrels.Enumerate().First(judgment => judgment.QueryId == query.Item).DocumentId]))));
    }

    private async Task ComesBackAsItWas(Benchmark benchmark, Dictionary<string, byte[]> files)
    {
        using LoopbackHub hub = HubBenchmarks.Serve(benchmark, files);
        await new BenchmarkDownload(hub.Client(), _data.Path).RunAsync(benchmark, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((await ReadAsync(benchmark, SharedFiles.Require("data/benchmarks"))).Hash, (await ReadAsync(benchmark, _data.Path)).Hash);
    }

    private static Task<RetrievalData> ReadAsync(Benchmark benchmark, string folder) =>
        TaskReader.ReadAsync(Assert.Single(TaskSelection.Resolve([benchmark.Name], folder, "test")), "test", TestContext.Current.CancellationToken);
}
