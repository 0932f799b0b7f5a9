using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using MedEmbed.Data.Outputs;
using MedEmbed.Evaluation.Leaderboards;

namespace MedEmbed.Evaluation.Tests.Leaderboards;

public sealed class LeaderboardFolderTests : IDisposable
{
    private const string Prompt = "Find <passages> & answers: ";
    private readonly SyntheticResults _results = new();

    public LeaderboardFolderTests()
    {
        _results.Write("model_one", "NFCorpus", new JsonObject { ["ndcg_at_10"] = 0.12345, ["map_at_10"] = 0.1 }, queryPrompt: Prompt, perQuery: [0.5, 0.5, 0.5, 0.5]);
        _results.Write("model_one", "TRECCOVID", new JsonObject { ["ndcg_at_10"] = 0.5 }, queryPrompt: Prompt, note: "slice of 10,083 documents", perQuery: [0.5, 0.5]);
        _results.WriteMeta("model_one", """{"parameters": 33360000, "training_datasets": ["NFCorpus"]}""");
        _results.Write("model_one+no-prompt", "NFCorpus", new JsonObject { ["ndcg_at_10"] = 0.1, ["map_at_10"] = 0.2 }, perQuery: [0.4, 0.3, 0.2, 0.1]);
    }

    public void Dispose() => _results.Dispose();

    [Fact]
    public void MarkdownShowsPromptsNotesAndMarksBesideTheScores()
    {
        string markdown = Write("leaderboard.md");

        Assert.Contains("| model\\_one | measured | query: “Find \\<passages\\> \\& answers: ” | 33M | **0.1235**† | 0.5000<sup>a</sup> | 0.3117<sup>a</sup> |", markdown, StringComparison.Ordinal);
        Assert.Contains("| model\\_one+no-prompt | measured | none | – | 0.1000 | – | – |", markdown, StringComparison.Ordinal);
        Assert.Contains("\\[a\\] slice of 10,083 documents", markdown, StringComparison.Ordinal);
        Assert.Contains("| model\\_one | – | 1/2 | 50.0 % |", markdown, StringComparison.Ordinal);
        Assert.Contains("| NFCorpus | model\\_one | model\\_one+no-prompt | 4 | +0.2500 |", markdown, StringComparison.Ordinal);
        Assert.Contains("| 0.1250 | 0.1250 | 4 / 0 / 0 | no |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void LatexIsEscapedAndInBooktabsStyle()
    {
        string latex = Write("leaderboard.tex");

        Assert.Contains("model\\_one & query: ``Find \\textless{}passages\\textgreater{} \\& answers: '' & \\textbf{0.1235}\\textsuperscript{\\dag} & 0.5000\\textsuperscript{a} & 0.3117\\textsuperscript{a} \\\\", latex, StringComparison.Ordinal);
        Assert.Equal(latex.Split("\\begin{").Length, latex.Split("\\end{").Length);
        Assert.Equal(2, latex.Split("\\toprule").Length - 1);
        foreach (string line in latex.Split('\n').Where(static line => line.Contains(" & ", StringComparison.Ordinal)))
            Assert.EndsWith(" \\\\", line, StringComparison.Ordinal);
    }

    [Fact]
    public void ConsoleShowsPromptsNotesAndMarksBesideTheScores()
    {
        string text = LeaderboardFolder.ConsoleText(Read());

        string row = text.Split('\n').First(static line => line.StartsWith("model_one ", StringComparison.Ordinal));
        Assert.Equal(["model_one", "0.1235†", "0.5000[a]", "0.3117[a]", $"query: “{Prompt}”", "measured"], row.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Contains("[a] slice of 10,083 documents", text, StringComparison.Ordinal);
    }

    [Fact]
    public void JsonHoldsScoresPromptsWinsAndTests()
    {
        using var json = JsonDocument.Parse(Write("leaderboard.json"));
        JsonElement first = json.RootElement.GetProperty("systems")[0], task = first.GetProperty("tasks").GetProperty("NFCorpus");

        Assert.Equal(0.12345, task.GetProperty("scores").GetProperty("ndcg_at_10").GetDouble());
        Assert.Equal($"query: “{Prompt}”", task.GetProperty("prompts").GetString());
        Assert.True(task.GetProperty("contaminated").GetBoolean());
        Assert.Equal(1, json.RootElement.GetProperty("head_to_head")[0].GetProperty("wins").GetInt32());
        Assert.Equal(0.125, json.RootElement.GetProperty("significance").GetProperty("comparisons")[0].GetProperty("p").GetDouble());
    }

    [Fact]
    public void EveryChartIsAnSvgWithItsTextAndAPng()
    {
        Write("leaderboard.md");
        string charts = Path.Combine(_results.Output, "charts");

        Assert.Equal(
            ["head-to-head", "quality-size", "quality-speed", "scores", "scores-NFCorpus", "scores-TRECCOVID"],
            Directory.EnumerateFiles(charts, "*.svg").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));
        foreach (string file in Directory.EnumerateFiles(charts, "*.svg"))
        {
            XElement svg = XDocument.Load(file).Root!;
            Assert.Contains(svg.Descendants(), static element => element.Name.LocalName == "text" && ((string?)element.Attribute("font-family"))!.StartsWith("Roboto,", StringComparison.Ordinal));
            Assert.Equal("title", svg.Elements().First().Name.LocalName);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.ChangeExtension(file, ".png"))[..4]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void ASecondRunGivesTheSameBytesInAnyCulture(string culture)
    {
        Dictionary<string, string> first = Files();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(first, Files());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void AFinishedFolderIsReplacedOnlyWhereThatIsAskedFor()
    {
        string before = Write("leaderboard.md");
        Leaderboard leaderboard = Read();

        Assert.Throws<OutputExistsException>(() => LeaderboardFolder.Write(leaderboard, _results.Output, cancellationToken: TestContext.Current.CancellationToken));
        File.WriteAllText(Path.Combine(_results.Output, "leaderboard.md"), "stale");
        LeaderboardFolder.Write(leaderboard, _results.Output, overwrite: true, TestContext.Current.CancellationToken);

        Assert.Equal(before, File.ReadAllText(Path.Combine(_results.Output, "leaderboard.md")));
    }

    [Fact]
    public void NothingIsLeftWhereWritingIsCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        Leaderboard leaderboard = Read();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => LeaderboardFolder.Write(leaderboard, _results.Output, cancellationToken: cancelled.Token));

        Assert.Equal(["results"], Directory.EnumerateFileSystemEntries(_results.Path).Select(static path => Path.GetFileName(path)));
    }

    [Fact, Trait("Category", "Golden")]
    public void ThePublishedScoresOfTheRepositoryAreTheSharedOnes()
    {
        static Dictionary<string, string> Scores(string file) => JsonNode.Parse(File.ReadAllText(file))!["results"]!.AsArray()
            .ToDictionary(static result => $"{result!["model"]} from {result["source"]}", static result => result!["ndcg_at_10"]!.ToJsonString());

        Assert.Equal(Scores(SharedFiles.Require("golden/published_results.json")), Scores(RepositoryFiles.PathOf("results/published.json")));
    }

    private Leaderboard Read() => Leaderboard.Read([_results.Results], null, TestContext.Current.CancellationToken);

    private string Write(string file)
    {
        LeaderboardFolder.Write(Read(), _results.Output, overwrite: true, TestContext.Current.CancellationToken);
        return File.ReadAllText(Path.Combine(_results.Output, file));
    }

    private Dictionary<string, string> Files()
    {
        Write("leaderboard.md");
        return Directory.EnumerateFiles(_results.Output, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(_results.Output, file), static file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
    }
}
