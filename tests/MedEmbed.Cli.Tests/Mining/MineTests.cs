using System.Text.Json;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Mining;

public sealed class MineTests : IClassFixture<TinyModelFixture>, IDisposable
{
    private readonly TinyModelFixture _tiny;
    private readonly TemporaryFolder _folder = new();
    private readonly string _pairs;

    public MineTests(TinyModelFixture tiny)
    {
        _tiny = tiny;
        _pairs = PairLines.Write(_folder.File("pairs.jsonl"), 60);
    }

    private string Output => _folder.File("t.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TripletsReportAndSummaryAgree()
    {
        CommandResult result = (await Mine("--model", _tiny.Model, "--dev-share", "0.2", "--json")).Expect(0);
        int dev = File.ReadLines(_folder.File("t.dev.jsonl")).Count();
        Assert.Equal(60, File.ReadLines(Output).Count() + dev);
        Assert.Equal((60, dev), (result.Json.GetProperty("triplets").GetInt32(), result.Json.GetProperty("dev_triplets").GetInt32()));
        JsonElement report = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Output + ".report.json"));
        foreach (JsonProperty source in result.Json.GetProperty("negatives").EnumerateObject())
            Assert.Equal(source.Value.GetInt32(), report.GetProperty("negatives").GetProperty(source.Name).GetInt32());
        Assert.DoesNotContain("word", result.Error + report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WordsAloneNeedNoModel()
    {
        (await Mine("--source", "bm25=2", "random", "--relative-margin", "off")).Expect(0);
        Assert.All(File.ReadLines(Output), line => Assert.Equal(7, JsonSerializer.Deserialize<JsonElement>(line).GetProperty("neg").GetArrayLength()));
    }

    [Fact]
    public async Task SeveralTeachersAndASecondModelMayBeNamed()
    {
        string other = TinyModel.Write(_folder.File("other"), seed: 9);
        (await Mine("--model", _tiny.Model, "--teacher", _tiny.Model + "=2", "bm25", "--teacher", other, "--false-negative-model", other, "--false-negative-share", "0.9", "--select", "sample", "--seed", "3")).Expect(0);
        Assert.Equal(60, File.ReadLines(Output).Count());
    }

    [Fact]
    public async Task AFinishedOutputNeedsOverwrite()
    {
        (await Mine("--source", "random")).Expect(0);
        Assert.Contains("--overwrite", (await Mine("--source", "random")).ExpectUsageError(), StringComparison.Ordinal);
        (await Mine("--source", "random", "--overwrite")).Expect(0);
    }

    [Theory]
    [InlineData("--source must be among", "--source", "colbert")]
    [InlineData("names a source twice", "--source", "bm25", "bm25=2")]
    [InlineData("whole number of at least 1", "--source", "bm25=0")]
    [InlineData("must be fewer than the depth", "--source", "bm25", "--skip-ranks", "100")]
    [InlineData("--teacher must be", "--source", "bm25", "--teacher", "bm25=-1")]
    [InlineData("--relative-margin must be a number", "--source", "bm25", "--relative-margin", "no")]
    [InlineData("needs the folder of the benchmarks", "--source", "bm25", "--drop-contaminated")]
    [InlineData("--where must be FIELD=VALUE", "--source", "bm25", "--where", "label")]
    [InlineData("--query-field is empty", "--source", "bm25", "--query-field", "")]
    [InlineData("is no folder", "--source", "bm25", "--benchmarks", "/no/such/folder")]
    public async Task WrongUsageIsSaid(string problem, params string[] arguments)
    {
        Assert.Contains(problem, (await Mine(arguments)).ExpectUsageError(), StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task AFaultyLineIsNamed()
    {
        File.AppendAllText(_pairs, "{\"query\":\"\",\"positive\":\"x\"}\n");
        Assert.Contains("pairs.jsonl:61: field \"query\" is empty", (await Mine("--source", "random")).ExpectUsageError(), StringComparison.Ordinal);
        CommandResult skipped = (await Mine("--source", "random", "--skip-bad-lines")).Expect(0);
        Assert.Contains("1 faulty lines left out", skipped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FieldsOfOtherNamesMakePairs()
    {
        string questions = _folder.File("mqp.jsonl");
        File.WriteAllLines(questions, Enumerable.Range(0, 20).Select(i => $$"""{"dr_id":{{i / 4}},"question_1":"question {{i}}","question_2":"other wording {{i}}","label":{{i % 2}},"split":"train"}"""));
        string[] command = ["mine", "--pairs", questions, "--output", Output, "--source", "random", "--relative-margin", "off", "--query-field", "question_1", "--positive-field", "question_2"];
        CommandResult result = (await _tiny.Medembed.RunAsync([.. command, "--group-field", "dr_id", "--where", "label=1", "--where", "split=train", "split=dev"])).Expect(0);
        Assert.Contains("10 pairs of 20 lines", result.Error, StringComparison.Ordinal);
        JsonElement[] triplets = [.. File.ReadLines(Output).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"question {2 * i + 1} {(2 * i + 1) / 4} mqp"), triplets.Select(triplet => $"{triplet.GetProperty("query")} {triplet.GetProperty("group")} {triplet.GetProperty("source")}"));
        Assert.False(File.Exists(Output + ".pairs.jsonl"));

        string unknown = (await _tiny.Medembed.RunAsync([.. command, "--where", "lable=1", "--overwrite"])).ExpectUsageError();
        Assert.Contains("mqp.jsonl:1: field \"lable\" is missing; the line has the fields \"dr_id\", \"question_1\", \"question_2\", \"label\", \"split\"", unknown, StringComparison.Ordinal);
        Assert.Contains("none of its 20 lines gives a pair", (await _tiny.Medembed.RunAsync([.. command, "--where", "label=2", "--overwrite"])).ExpectUsageError(), StringComparison.Ordinal);
        Assert.False(File.Exists(Output + ".pairs.jsonl"));
    }

    [Fact]
    public async Task AKindOfQueryMayBeMinedAlone()
    {
        File.WriteAllLines(_pairs, ["""{"query_id":"a","query":"q1","query_type":"lay","positive":"p1","note_id":"n"}""", """{"query_id":"b","query":"q2","query_type":"keyword","positive":"p2"}"""]);
        (await Mine("--source", "random", "--where", "query_type=lay")).Expect(0);
        JsonElement triplet = JsonSerializer.Deserialize<JsonElement>(File.ReadAllLines(Output).Single());
        Assert.Equal(("a", "lay"), (triplet.GetProperty("query_id").GetString(), triplet.GetProperty("query_type").GetString()));
    }

    private Task<CommandResult> Mine(params string[] arguments) => _tiny.Medembed.RunAsync(["mine", "--pairs", _pairs, "--output", Output, .. arguments]);
}
