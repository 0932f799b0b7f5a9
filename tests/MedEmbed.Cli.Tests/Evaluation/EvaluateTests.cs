using System.Text.Json;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Evaluation;

public sealed class EvaluateTests : IClassFixture<TinyModelFixture>, IDisposable
{
    private readonly TinyModelFixture _tiny;
    private readonly TemporaryFolder _folder = new();

    public EvaluateTests(TinyModelFixture tiny)
    {
        _tiny = tiny;
        Directory.CreateDirectory(_folder.File("mine/qrels"));
        File.WriteAllLines(Path.Combine(Folder, "corpus.jsonl"), ["""{"_id":"d1","text":"asthma inhaler"}""", """{"_id":"d2","text":"fever and cough"}"""]);
        File.WriteAllLines(Path.Combine(Folder, "queries.jsonl"), ["""{"_id":"q1","text":"asthma inhaler"}""", """{"_id":"q2","text":"fever and cough"}"""]);
        File.WriteAllLines(Path.Combine(Folder, "qrels", "test.tsv"), ["query-id\tcorpus-id\tscore", "q1\td1\t1", "q2\td2\t1"]);
    }

    private string Folder => _folder.File("mine");

    private string Results => _folder.File("results");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "+no-prompt", false)]
    [InlineData("--system hybrid", "+no-prompt+hybrid", false)]
    [InlineData("--first-stage bm25 --rescore-depth 5", "+no-prompt+rescore-bm25-5", false)]
    [InlineData("--vectors int8 --rescore f32", "+no-prompt+vectors-int8-rescore-f32", false)]
    [InlineData("--system bm25", "bm25", true)]
    public async Task EverySystemFindsTheOnlyDocumentWithTheQuerysWords(string options, string name, bool whole)
    {
        CommandResult run = (await EvaluateAsync([.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--no-prompt", "--json"])).Expect(0);
        JsonElement result = run.Json.GetProperty("results")[0];
        string model = result.GetProperty("model").GetString()!;
        Assert.True(whole ? model == name : model.Replace("+no-prompt", "", StringComparison.Ordinal).EndsWith(name.Replace("+no-prompt", "", StringComparison.Ordinal), StringComparison.Ordinal), model);
        Assert.Equal(1.0, result.GetProperty("ndcg_at10").GetDouble());
        Assert.True(File.Exists(result.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task TheTableIsOnStandardOutputAndASecondRunKeepsTheResult()
    {
        CommandResult first = (await EvaluateAsync("--system", "bm25")).Expect(0);
        Assert.Equal(["task", "model", "ndcg@10", "map@10", "recall@100", "mrr@10", "prompt", "note"], first.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith("mine.json", first.Lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("kept", first.Error, StringComparison.Ordinal);
        CommandResult second = (await EvaluateAsync("--system", "bm25")).Expect(0);
        Assert.Contains("kept", second.Error, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
    }

    [Theory]
    [InlineData("evaluate", "--tasks")]
    [InlineData("evaluate --run r", "--qrels")]
    [InlineData("evaluate --tasks NFCorpus", "--data")]
    [InlineData("evaluate --tasks NFCorpus --data no-such-folder", "mteb/nfcorpus")]
    [InlineData("evaluate --tasks NFCorpus --run r --qrels q", "either")]
    public async Task WrongUsageSaysWhatIsMissing(string line, string told) =>
        Assert.Contains(told, (await _tiny.Medembed.RunAsync(line.Split(' '))).ExpectUsageError(), StringComparison.Ordinal);

    [Fact]
    public async Task ASplitWithoutQrelsIsRefusedWithThoseThereAre() =>
        Assert.Contains("it has test", (await EvaluateAsync("--system", "bm25", "--split", "dev")).ExpectUsageError(), StringComparison.Ordinal);

    private Task<CommandResult> EvaluateAsync(params string[] options) =>
        _tiny.Medembed.RunAsync(["evaluate", "--model", _tiny.Model, "--tasks", Folder, "--output", Results, .. options]);
}
