using System.Text.Json;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Indexing;

public sealed class IndexTests : IClassFixture<TinyModelFixture>, IDisposable
{
    private readonly TinyModelFixture _tiny;
    private readonly TemporaryFolder _folder = new();
    private readonly string _corpus;

    public IndexTests(TinyModelFixture tiny)
    {
        _tiny = tiny;
        _corpus = _folder.File("corpus.jsonl");
        File.WriteAllLines(_corpus, Enumerable.Range(0, 30).Select(i =>
            $$$"""{"_id":"d{{{i}}}","title":"t","text":"{{{new string((char)('a' + (i % 26)), 1 + (i / 26))}}} word {{{i}}}","metadata":{"year":{{{2000 + i}}},"source":"{{{(i % 2 == 0 ? "even" : "odd")}}}"}}"""));
    }

    private string Index => _folder.File("index");

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("f32"), InlineData("int8"), InlineData("binary")]
    public async Task ATextFindsItselfInEveryForm(string vectors)
    {
        await BuildAsync("--vectors", vectors, "--no-prompt");
        string[] queries = [.. File.ReadLines(_corpus).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Select(d => $"t {d.GetProperty("text").GetString()}")];
        for (int i = 0; i < queries.Length; i += 7)
            Assert.Equal($"d{i}", (await SearchAsync(queries[i], "--no-prompt"))[0]);
    }

    [Fact]
    public async Task ABuildTellsWhatItMadeAndInfoAgrees()
    {
        JsonElement built = (await BuildAsync("--json", "--dimensions", "8")).Json;
        JsonElement info = (await _tiny.Medembed.RunAsync("index", "info", "--index", Index, "--verify", "--json")).Expect(0).Json;
        Assert.Equal(30, built.GetProperty("documents").GetInt32());
        Assert.Equal(30, info.GetProperty("documents").GetInt32());
        Assert.Equal(8, info.GetProperty("dimensions").GetInt32());
        Assert.Equal(built.GetProperty("model_hash").GetString(), info.GetProperty("model_hash").GetString());
        Assert.True(info.GetProperty("verified").GetBoolean());
    }

    [Fact]
    public async Task AnExistingIndexNeedsOverwrite()
    {
        await BuildAsync();
        string[] again = ["index", "build", "--corpus", _corpus, "--model", _tiny.Model, "--output", Index];
        Assert.Contains("--overwrite", (await _tiny.Medembed.RunAsync(again)).ExpectUsageError(), StringComparison.Ordinal);
        (await _tiny.Medembed.RunAsync([.. again, "--overwrite"])).Expect(0);
    }

    [Fact]
    public async Task AFolderOfSomethingElseIsNeverReplaced()
    {
        Directory.CreateDirectory(Index);
        File.WriteAllText(Path.Combine(Index, "thesis.doc"), "years of work");
        foreach (string[] command in (string[][])[["index", "build", "--corpus", _corpus], ["export"]])
        {
            CommandResult result = await _tiny.Medembed.RunAsync([.. command, "--model", _tiny.Model, "--output", Index, "--overwrite"]);
            Assert.Contains("something else", result.ExpectUsageError(), StringComparison.Ordinal);
        }

        Assert.Equal("years of work", File.ReadAllText(Path.Combine(Index, "thesis.doc")));
    }

    [Fact]
    public async Task FiltersLeaveOnlyMatchingDocuments()
    {
        await BuildAsync();
        string[] found = await SearchAsync("word", "--filter", "source=odd", "--filter", "year>=2020", "--top", "30");
        Assert.Equal(["d21", "d23", "d25", "d27", "d29"], found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AFilterDoesNotSwallowTheQuery()
    {
        await BuildAsync();
        CommandResult result = await _tiny.Medembed.RunAsync("search", "--index", Index, "--filter", "source=odd", "word", "--json");
        Assert.Equal("word", result.Expect(0).Json.GetProperty("query").GetString());
    }

    [Fact]
    public async Task DocumentsAreAddedReplacedAndRemoved()
    {
        await BuildAsync("--no-prompt");
        string more = _folder.File("more.jsonl");
        File.WriteAllLines(more, ["""{"_id":"new","text":"qqq zzz"}""", """{"_id":"d3","text":"xxx yyy"}"""]);
        string[] add = ["index", "add", "--index", Index, "--corpus", more, "--json"];
        string refused = (await _tiny.Medembed.RunAsync(add)).ExpectUsageError();
        Assert.Contains("\"d3\"", refused, StringComparison.Ordinal);
        Assert.Equal(30, await CountAsync());
        JsonElement added = (await _tiny.Medembed.RunAsync([.. add, "--replace"])).Expect(0).Json;
        Assert.Equal((1, 1, 31), (added.GetProperty("added").GetInt32(), added.GetProperty("replaced").GetInt32(), added.GetProperty("documents").GetInt32()));
        Assert.Equal("new", (await SearchAsync("qqq zzz", "--no-prompt"))[0]);
        Assert.Equal("d3", (await SearchAsync("xxx yyy", "--no-prompt"))[0]);
        Assert.Contains("\"nobody\"", (await _tiny.Medembed.RunAsync("index", "remove", "--index", Index, "new", "nobody")).ExpectUsageError(), StringComparison.Ordinal);
        Assert.Equal(31, await CountAsync());
        JsonElement removed = (await _tiny.Medembed.WithInput("new\nnobody\n").RunAsync("index", "remove", "--index", Index, "-", "--ignore-missing", "--json")).Expect(0).Json;
        Assert.Equal((1, 1, 30), (removed.GetProperty("removed").GetInt32(), removed.GetProperty("missing").GetInt32(), removed.GetProperty("documents").GetInt32()));
        Assert.DoesNotContain("new", await SearchAsync("qqq zzz", "--top", "100"));
    }

    [Fact]
    public async Task AddedDocumentsGetThePromptOfTheOthers()
    {
        await BuildAsync("--prompt", "topic");
        string more = _folder.File("more.jsonl");
        File.WriteAllLines(more, ["""{"_id":"twin","title":"t","text":"a word 0"}"""]);
        (await _tiny.Medembed.RunAsync("index", "add", "--index", Index, "--corpus", more)).Expect(0);
        JsonElement found = (await _tiny.Medembed.RunAsync("search", "a word 0", "--index", Index, "--top", "31", "--json")).Expect(0).Json;
        var scores = found.GetProperty("hits").EnumerateArray().ToDictionary(hit => hit.GetProperty("id").GetString()!, hit => hit.GetProperty("score").GetSingle());
        Assert.Equal(scores["d0"], scores["twin"], 1e-5f);
    }

    [Theory, InlineData("--max-length", "16"), InlineData("--precision", "int8")]
    public async Task SearchTakesTheSettingsTheIndexWasBuiltWith(string option, string value)
    {
        await BuildAsync(option, value);
        Assert.NotEmpty(await SearchAsync("a word 0"));
    }

    [Fact]
    public async Task AnotherModelIsRefused()
    {
        await BuildAsync();
        string other = TinyModel.Write(_folder.File("other"), seed: 2);
        foreach (string[] command in (string[][])[["search", "word"], ["index", "add", "--corpus", _corpus, "--replace"]])
        {
            string error = (await _tiny.Medembed.RunAsync([.. command, "--index", Index, "--model", other])).ExpectUsageError();
            Assert.Contains("Vectors of different models cannot be compared", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AFaultyCorpusLeavesNothingBehind()
    {
        File.AppendAllText(_corpus, """{"_id":"d0","text":"twice"}""" + "\n");
        string error = (await _tiny.Medembed.RunAsync("index", "build", "--corpus", _corpus, "--model", _tiny.Model, "--output", Index)).ExpectUsageError();
        Assert.Contains($"{_corpus}:31: field \"_id\"", error, StringComparison.Ordinal);
        Assert.Equal([_corpus], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task AnEmptyCorpusIsRefused()
    {
        File.WriteAllText(_corpus, "");
        Assert.Contains("no documents", (await _tiny.Medembed.RunAsync("index", "build", "--corpus", _corpus, "--model", _tiny.Model, "--output", Index)).ExpectUsageError(), StringComparison.Ordinal);
        Assert.Equal([_corpus], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task ARunIsScoredByEvaluate()
    {
        await BuildAsync("--no-prompt");
        string queries = _folder.File("queries.jsonl");
        string qrels = _folder.File("qrels.tsv");
        string run = _folder.File("run.trec");
        File.WriteAllLines(queries, ["""{"_id":"q1","text":"t a word 0"}""", """{"_id":"q2","text":"t b word 1"}"""]);
        File.WriteAllLines(qrels, ["query-id\tcorpus-id\tscore", "q1\td0\t1", "q2\td1\t1"]);
        JsonElement summary = (await _tiny.Medembed.RunAsync("search", "--queries", queries, "--run", run, "--index", Index, "--top", "5", "--no-prompt", "--json")).Expect(0).Json;
        Assert.Equal(10, summary.GetProperty("hits").GetInt32());
        JsonElement scores = (await _tiny.Medembed.RunAsync("evaluate", "--run", run, "--qrels", qrels, "--json")).Expect(0).Json;
        Assert.Equal(1.0, scores.GetProperty("scores").GetProperty("ndcg_at_10").GetDouble());
        Assert.Contains("--overwrite", (await _tiny.Medembed.RunAsync("search", "--queries", queries, "--run", run, "--index", Index)).ExpectUsageError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQueryOfTenMegabytesIsTruncated()
    {
        await BuildAsync();
        string queries = _folder.File("queries.txt");
        File.WriteAllText(queries, new string('x', 10 << 20));
        CommandResult result = await _tiny.Medembed.RunAsync("search", "--queries", queries, "--run", "-", "--index", Index, "--top", "1000000000");
        Assert.Equal(30, result.Expect(0).Lines.Length);
    }

    private async Task<CommandResult> BuildAsync(params string[] options) =>
        (await _tiny.Medembed.RunAsync(["index", "build", "--corpus", _corpus, "--model", _tiny.Model, "--output", Index, .. options])).Expect(0);

    private async Task<string[]> SearchAsync(string query, params string[] options)
    {
        JsonElement found = (await _tiny.Medembed.RunAsync(["search", query, "--index", Index, "--json", .. options])).Expect(0).Json;
        return [.. found.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("id").GetString()!)];
    }

    private async Task<int> CountAsync() => (await _tiny.Medembed.RunAsync("index", "info", "--index", Index, "--verify", "--json")).Expect(0).Json.GetProperty("documents").GetInt32();
}
