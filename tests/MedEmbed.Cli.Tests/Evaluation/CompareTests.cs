using System.Text.Json;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Evaluation;

public sealed class CompareTests : IDisposable
{
    private const string Prompt = "find: ";
    private readonly TemporaryFolder _folder = new();
    private readonly Medembed _medembed;

    public CompareTests()
    {
        _medembed = new Medembed(_folder.File("cache"));
        Write("first", "NFCorpus", Prompt, null, 0.5, 0.5, 0.5, 0.5);
        Write("first", "TRECCOVID", Prompt, "slice of 10 documents", 0.5, 0.75);
        Write("second", "NFCorpus", "", null, 0.4, 0.3, 0.2, 0.1);
        File.WriteAllText(_folder.File("results/second/abcdef123456/model_meta.json"), """{"name":"second","training_datasets":["mteb/nfcorpus"]}""");
        File.WriteAllText(_folder.File("published.json"), """{"note":"read in May","results":[{"model":"third","source":"a paper","prompts":"none","ndcg_at_10":{"NFCorpus":0.45}}]}""");
    }

    private string Output => _folder.File("comparison");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheTableShowsScoresPromptsNotesMarksAndTests()
    {
        CommandResult run = (await CompareAsync("--published", _folder.File("published.json"))).Expect(0);
        Assert.Equal(["nDCG@10", "NFCorpus", "TRECCOVID", "mean", "prompts", "scores"], Cells(run.Lines[0]));
        Assert.Equal(["first", "0.5000", "0.6250[a]", "0.5625[a]", $"query: “{Prompt}”", "measured"], Cells(run.Lines.First(line => line.StartsWith("first ", StringComparison.Ordinal))));
        Assert.Equal(["second", "0.2500†", "–", "–", "none", "measured"], Cells(run.Lines.First(line => line.StartsWith("second ", StringComparison.Ordinal))));
        Assert.Equal(["third", "0.4500", "–", "–", "none", "published"], Cells(run.Lines.First(line => line.StartsWith("third ", StringComparison.Ordinal))));
        foreach (string told in (string[])["[a] slice of 10 documents", "† the model's card names this task among its training data", "published: a paper. read in May", "+0.2500"])
            Assert.Contains(told, run.Output, StringComparison.Ordinal);
        Assert.EndsWith("leaderboard.html", run.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryReportAndChartIsWrittenAndTheSummaryCountsThem()
    {
        JsonElement summary = (await CompareAsync("--json", "--draws", "200")).Expect(0).Json;
        Assert.Equal((2, 1), (summary.GetProperty("systems").GetInt32(), summary.GetProperty("comparisons").GetInt32()));
        Assert.Equal(["NFCorpus", "TRECCOVID"], summary.GetProperty("tasks").EnumerateArray().Select(task => task.GetString()));
        Assert.Equal(["charts", "leaderboard.html", "leaderboard.json", "leaderboard.md", "leaderboard.tex"], Directory.EnumerateFileSystemEntries(Output).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        foreach (string chart in (string[])["scores", "head-to-head", "scores-NFCorpus"])
        {
            Assert.True(File.Exists(Path.Combine(Output, "charts", chart + ".svg")), chart);
            Assert.True(File.Exists(Path.Combine(Output, "charts", chart + ".png")), chart);
        }
    }

    [Fact]
    public async Task AFinishedOutputIsReplacedOnlyWhenAskedFor()
    {
        (await CompareAsync()).Expect(0);
        Assert.Contains("--overwrite", (await CompareAsync()).ExpectUsageError(), StringComparison.Ordinal);
        (await CompareAsync("--overwrite")).Expect(0);
    }

    [Theory]
    [InlineData("--metrics nope", "nope")]
    [InlineData("--significance-level 2", "between 0 and 1")]
    [InlineData("--draws 0", "at least 1")]
    [InlineData("--correction none", "holm")]
    [InlineData("--published nowhere.json", "nowhere.json")]
    public async Task AWrongSettingIsRefusedAndNothingIsWritten(string options, string told)
    {
        Assert.Contains(told, (await CompareAsync(options.Split(' '))).ExpectUsageError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
    }

    [Theory]
    [InlineData("broken/A.json", "{\n\"task_name\": \"A\",", "A.json:2: ")]
    [InlineData("broken/A.json", "{\"task_name\":\"A\",\"scores\":{\"test\":[{\"hf_subset\":\"default\"}]}}", "holds no score")]
    [InlineData("broken/other.txt", "", "holds no result file")]
    public async Task ABrokenResultIsToldWithItsFileAndNothingIsWritten(string file, string content, string told)
    {
        Directory.CreateDirectory(_folder.File("broken"));
        File.WriteAllText(_folder.File(file), content);
        Assert.Contains(told, (await _medembed.RunAsync("compare", _folder.File("results"), _folder.File("broken"), "--output", Output)).ExpectUsageError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
    }

    [Fact]
    public async Task AMissingFolderAndAMissingOutputAreWrongUsage()
    {
        Assert.Contains("nowhere", (await _medembed.RunAsync("compare", _folder.File("nowhere"), "--output", Output)).ExpectUsageError(), StringComparison.Ordinal);
        Assert.Contains("--output", (await _medembed.RunAsync("compare", _folder.File("results"))).ExpectUsageError(), StringComparison.Ordinal);
    }

    private Task<CommandResult> CompareAsync(params string[] options) => _medembed.RunAsync(["compare", _folder.File("results"), "--output", Output, .. options]);

    private static string[] Cells(string line) => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Write(string model, string task, string prompt, string? note, params double[] perQuery)
    {
        string folder = _folder.File($"results/{model}/abcdef123456");
        Directory.CreateDirectory(folder);
        var scores = new Dictionary<string, object> { ["ndcg_at_10"] = perQuery.Average(), ["hf_subset"] = "default" };
        File.WriteAllText(Path.Combine(folder, task + ".json"), JsonSerializer.Serialize(new
        {
            task_name = task,
            scores = new { test = new[] { scores } },
            medembed = new
            {
                split = "test",
                task_note = note,
                data_hash = "d",
                prompts = new { query = prompt, document = "" },
                per_query = perQuery.Index().ToDictionary(query => $"q{query.Index}", query => new { ndcg_at_10 = query.Item }),
            },
        }));
    }
}
