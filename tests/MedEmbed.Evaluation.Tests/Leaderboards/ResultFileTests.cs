using System.Text.Json.Nodes;
using MedEmbed.Evaluation.Leaderboards;

namespace MedEmbed.Evaluation.Tests.Leaderboards;

public sealed class ResultFileTests : IDisposable
{
    private readonly SyntheticResults _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void NaNAsPythonWritesItIsALeftOutScore()
    {
        _results.WriteFile("m/A.json", """{"task_name": "A NaN \" NaN", "scores": {"test": [{"ndcg_at_10": 0.5, "map_at_10": NaN, "mrr_at_1": -Infinity, "hf_subset": "default"}]}}""");

        Leaderboard leaderboard = Read();

        Assert.Equal("A NaN \" NaN", leaderboard.Tasks[0].Key.Name);
        Assert.Equal(["ndcg_at_10"], leaderboard.Rows[0].Cells[0]!.Result.Scores.Keys);
    }

    [Theory]
    [InlineData("model/abcdef123456", "model")]
    [InlineData("model/no_revision_available", "model")]
    [InlineData("owner__model", "owner__model")]
    public void TheModelIsTheFolderAboveTheRevisionOrTheFolderItself(string folder, string name)
    {
        _results.WriteMteb(folder, "A", new JsonObject { ["ndcg_at_10"] = 0.5 });

        Assert.Equal(name, Read().Rows[0].Title);
    }

    [Fact]
    public void TwoRevisionsOfAModelAreToldApart()
    {
        _results.Write("model", "A", new JsonObject { ["ndcg_at_10"] = 0.5 }, revision: "aaaaaaaaaaaa");
        _results.Write("model", "A", new JsonObject { ["ndcg_at_10"] = 0.4 }, revision: "bbbbbbbbbbbb");

        Assert.Equal(["model @aaaaaaaaaaaa", "model @bbbbbbbbbbbb"], Read().Rows.Select(static row => row.Title));
    }

    [Fact]
    public void OtherJsonFilesArePassedOverAndTold()
    {
        _results.Write("model", "A", new JsonObject { ["ndcg_at_10"] = 0.5 });
        string other = _results.WriteFile("published.json", """{"results": []}""");

        Assert.Equal([other], Read().PassedOver);
    }

    [Fact]
    public void SpeedIsUnknownWhereTheDocumentsCameFromTheCache()
    {
        _results.Write("model", "A", new JsonObject { ["ndcg_at_10"] = 0.5 });
        _results.WriteFile("model+no-prompt/abcdef123456/A.json", """
            {"task_name": "A", "scores": {"test": [{"ndcg_at_10": 0.4}]}, "medembed": {"counts": {"distinct_document_texts": 90}}, "run": {"encoded_texts": 10, "encoding_seconds": 0.1}}
            """);

        Assert.Equal([25.0, null], Read().Rows.Select(static row => row.System.TextsPerSecond));
    }

    [Theory]
    [InlineData("{\"task_name\": \"A\",\n \"scores\": {", "A.json:2: broken JSON")]
    [InlineData("[]", "A.json:1: is not a JSON object")]
    [InlineData("""{"task_name": 3, "scores": {}}""", "field \"task_name\" is number; it must be a string")]
    [InlineData("""{"task_name": "A", "scores": {}}""", "field \"scores\" is empty")]
    [InlineData("""{"task_name": "A", "scores": {"test": {}}}""", "field \"scores.test\" is object; it must be an array")]
    [InlineData("""{"task_name": "A", "scores": {"test": [{"hf_subset": "default"}]}}""", "field \"scores.test[0]\" holds no score")]
    [InlineData("""{"task_name": "A", "scores": {"test": [{"ndcg_at_10": 1}]}, "medembed": {"prompts": {"query": 1}}}""", "field \"medembed.prompts.query\" is number; it must be a string")]
    public void FaultsNameFileFieldAndRule(string text, string message)
    {
        _results.WriteFile("model/A.json", text);

        var error = Assert.Throws<ResultFormatException>(() => Read());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("A.json", error.File, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameTaskTwiceForAModelIsRefusedWithBothFiles()
    {
        string first = _results.Write("model", "A", new JsonObject { ["ndcg_at_10"] = 0.5 });
        _results.WriteFile("model/abcdef123456/again.json", File.ReadAllText(first));

        var error = Assert.Throws<ResultFormatException>(() => Read());

        Assert.Contains("again.json: model has scores of A already", error.Message, StringComparison.Ordinal);
        Assert.Contains("A.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingPathAndAFolderWithoutResultsAreRefused()
    {
        Directory.CreateDirectory(_results.Results);

        Assert.Throws<ResultFormatException>(() => Read());
        Assert.Throws<FileNotFoundException>(() => Leaderboard.Read([_results.Results + "-not"], null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AMetricThatNoFileHasIsRefusedWithThoseThereAre()
    {
        _results.Write("model", "A", new JsonObject { ["ndcg_at_10"] = 0.5 });

        var error = Assert.Throws<EvaluationException>(() => Leaderboard.Read([_results.Results], new LeaderboardOptions { Metrics = ["ndcg@10"] }, TestContext.Current.CancellationToken));

        Assert.Contains("ndcg_at_10", error.Message, StringComparison.Ordinal);
    }

    private Leaderboard Read() => Leaderboard.Read([_results.Results], null, TestContext.Current.CancellationToken);
}
