using System.Text.Json.Nodes;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Pipelines;

public sealed class PipelineRunTests : IDisposable
{
    private const string AllRan = "pairs ran, triplets ran, few ran";
    private const string AllKept = "pairs kept, triplets kept, few kept";

    private readonly PipelineFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StepsGiveWhatTheirCommandsGiveAndASecondRunDoesNothing()
    {
        CommandResult first = (await _folder.RunAsync("--json")).Expect(0);
        Assert.Contains("step 2 of 3: mine \"triplets\"", first.Error, StringComparison.Ordinal);
        SortedDictionary<string, string> outputs = _folder.Outputs();
        DateTime[] times = Times();

        string alone = _folder.File("alone");
        CommandResult command = (await _folder.Medembed.RunAsync("generate", "--notes", _folder.NotesFile, "--id-field", "_id", "--offline", "--output", alone, "--json")).Expect(0);
        Assert.Equal(File.ReadAllText(Path.Combine(alone, "pairs.jsonl")), outputs["pairs/pairs.jsonl"]);
        Assert.Equal(WithoutOutput(JsonNode.Parse(command.Output)!), WithoutOutput(JsonNode.Parse(first.Output)!["steps"]![0]!["summary"]!));

        CommandResult second = (await _folder.RunAsync("--json")).Expect(0);
        Assert.Equal(times, Times());
        Assert.Equal(Summaries(first), Summaries(second));
        Assert.Equal(AllKept, await _folder.StatusesAsync());

        DateTime[] Times() => [.. outputs.Keys.Select(file => File.GetLastWriteTimeUtc(Path.Combine(_folder.Work, file)))];
        static string Summaries(CommandResult result) => string.Concat(JsonNode.Parse(result.Output)!["steps"]!.AsArray().Select(step => step!["summary"]!.ToJsonString()));
    }

    [Fact]
    public async Task ThePlainRunEndsWithATableOfSteps()
    {
        CommandResult result = (await _folder.RunAsync()).Expect(0);
        Assert.Equal(4, result.Lines.Length);
        Assert.Matches(@"^pairs +generate +ran +\d+ s +notes 30, .*pairs \d+$", result.Lines[1]);
        Assert.Matches(@"^triplets +mine +ran +\d+ s +pairs \d+", result.Lines[2]);
        Assert.Empty((await _folder.RunAsync("--quiet")).Expect(0).Error);
    }

    [Fact]
    public async Task AChangedOptionRunsItsStepAlone()
    {
        Assert.Equal(AllRan, await _folder.StatusesAsync());
        _folder.Save("\"bm25=2\"", "\"bm25=1\"");
        CommandResult list = (await _folder.RunAsync("--list")).Expect(0);
        Assert.Contains("""source is ["bm25=1","random"], was ["bm25=2","random"]""", list.Output, StringComparison.Ordinal);
        Assert.Equal("pairs kept, triplets ran, few kept", await _folder.StatusesAsync());
        Assert.Equal(AllKept, await _folder.StatusesAsync());
    }

    [Fact]
    public async Task AChangedInputRunsAllThatDependsOnIt()
    {
        Assert.Equal(AllRan, await _folder.StatusesAsync());
        File.WriteAllLines(_folder.NotesFile, Corpus.SampleLines(31));
        CommandResult list = (await _folder.RunAsync("--list", "--json")).Expect(0);
        Assert.Equal(
            [("changed", $"{_folder.NotesFile} has changed"), ("to_do", "reads what \"pairs\" writes"), ("changed", $"{_folder.NotesFile} has changed")],
            list.Json.GetProperty("steps").EnumerateArray().Select(step => (step.GetProperty("status").GetString(), step.GetProperty("reason").GetString())));
        Assert.Equal(AllRan, await _folder.StatusesAsync());
        using var fresh = new PipelineFolder();
        File.Copy(_folder.NotesFile, fresh.NotesFile, overwrite: true);
        Assert.Equal(AllRan, await fresh.StatusesAsync());
        Assert.Equal(fresh.Outputs(), _folder.Outputs());
    }

    [Fact]
    public async Task AStepThatGivesTheSameAgainStopsTheWave()
    {
        Assert.Equal(AllRan, await _folder.StatusesAsync());
        _folder.Save("\"keep-duplicates\": false", "\"max-note-characters\": 100000");
        Assert.Equal("pairs ran, triplets kept, few kept", await _folder.StatusesAsync());
    }

    [Fact]
    public async Task ATouchedFileOrAnotherSpellingOfAnOptionChangesNothing()
    {
        Assert.Equal(AllRan, await _folder.StatusesAsync());
        File.SetLastWriteTimeUtc(_folder.NotesFile, DateTime.UtcNow.AddDays(-3));
        _folder.Save("id_field", "id-field");
        Assert.Equal(AllKept, await _folder.StatusesAsync());
    }

    [Fact]
    public async Task AChangeOfTheSameSizeIsSeenEvenAtOnce()
    {
        Assert.Equal(AllRan, await _folder.StatusesAsync());
        string notes = File.ReadAllText(_folder.NotesFile);
        File.WriteAllText(_folder.NotesFile, notes.Replace("The ", "A   ", StringComparison.Ordinal));
        Assert.StartsWith("pairs ran", await _folder.StatusesAsync(), StringComparison.Ordinal);
    }

    [Theory, InlineData("triplets.jsonl"), InlineData("triplets.jsonl.report.json"), InlineData("pairs/pairs.jsonl")]
    public async Task AnOutputThatIsGoneOrOtherwiseIsMadeAgain(string output)
    {
        Assert.Equal(AllRan, await _folder.StatusesAsync());
        SortedDictionary<string, string> outputs = _folder.Outputs();
        string file = Path.Combine(_folder.Work, output), step = output.Split('/', '.')[0];
        File.Delete(file);
        Assert.Contains($"{step} ran", await _folder.StatusesAsync(), StringComparison.Ordinal);
        Assert.Equal(outputs, _folder.Outputs());
        File.AppendAllText(file, "{}\n");
        Assert.Contains($"{step} ran", await _folder.StatusesAsync(), StringComparison.Ordinal);
        Assert.Equal(outputs, _folder.Outputs());
    }

    [Fact]
    public async Task AMovedFolderAndARenamedStepAreStillDone()
    {
        Assert.Equal(AllRan, await _folder.StatusesAsync());
        string moved = _folder.Path + "-moved";
        Directory.Move(_folder.Path, moved);
        string config = Path.Combine(moved, "pipeline.json");
        File.WriteAllText(config, PipelineFolder.Text.Replace("\"name\": \"few\"", "\"name\": \"some\"", StringComparison.Ordinal));
        CommandResult list = (await _folder.Medembed.RunAsync("pipeline", "--config", config, "--list", "--json")).Expect(0);
        Assert.All(list.Json.GetProperty("steps").EnumerateArray(), step => Assert.Equal("done", step.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task ADamagedStateIsToldAndHashesThatCannotBeReadAreMadeAgain()
    {
        Assert.Equal(AllRan, await _folder.StatusesAsync());
        File.WriteAllText(Path.Combine(_folder.Work, "pipeline.hashes.json"), "{");
        Assert.Equal(AllKept, await _folder.StatusesAsync());
        File.WriteAllText(Path.Combine(_folder.Work, "pipeline.state.json"), "{\"format\":1,");
        Assert.Contains("pipeline.state.json: is damaged", (await _folder.RunAsync()).ExpectUsageError(), StringComparison.Ordinal);
    }

    private static string WithoutOutput(JsonNode summary)
    {
        summary.AsObject().Remove("output");
        return summary.ToJsonString();
    }
}
