using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Pipelines;

/// <summary>What is wrong with a late step is told before the first runs.</summary>
public sealed class PipelineFaultTests : IDisposable
{
    private const string TripletOutput = "\"output\": \"${work}/triplets.jsonl\"";

    private readonly PipelineFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Faults() => new()
    {
        { "\"mine\"", "\"mien\"", "step \"triplets\": there is no command \"mien\". Did you mean \"mine\"?" },
        { "\"mine\"", "\"pipeline\"", "step \"triplets\": \"pipeline\" cannot be a step" },
        { "\"mine\"", "\"index add\"", "step \"triplets\": \"index add\" cannot be a step" },
        { "\"negatives\": \"", "\"negativs\": \"", "step \"triplets\": mine has no option \"negativs\". Did you mean \"negatives\"?" },
        { "\"negatives\": \"${negatives}\"", "\"negatives\": 0", "step \"triplets\": --negatives must be a whole number of at least 1, not \"0\"" },
        { "\"bm25=2\"", "\"bm52=2\"", "step \"triplets\": --source must be among" },
        { "\"relative-margin\": \"off\"", "\"relative-margin\": \"of\"", "step \"triplets\": --relative-margin must be a number" },
        { "\"relative-margin\": \"off\"", "\"teacher\": \"bm25=x\"", "step \"triplets\": --teacher must be" },
        { "\"relative-margin\": \"off\"", "\"select\": [\"top\", \"sample\"]", "step \"triplets\": Option '--select' expects a single argument" },
        { "\"offline\": true, \"sample\"", "\"sample\"", "step \"few\": Give one of --endpoint" },
        { TripletOutput, "\"output\": \"${wrok}/triplets.jsonl\"", "\"steps[1].options.output\" names the variable \"wrok\", which neither \"paths\" nor \"variables\" has (above it). Did you mean \"work\"?" },
        { TripletOutput, "\"output\": \"${work/triplets.jsonl\"", "has a \"${\" without \"}\"" },
        { TripletOutput, "\"output\": \"-\"", "step \"triplets\": \"output\" must be a file or folder" },
        { TripletOutput, TripletOutput + ", \"overwrite\": true", "step \"triplets\": has \"overwrite\", which the pipeline sees to" },
        { TripletOutput, TripletOutput + ", \"min-negatives\": 1, \"min_negatives\": 2", "step \"triplets\": has \"min-negatives\" twice" },
        { TripletOutput, TripletOutput + ", \"seed\": 1, \"seed\": 2", "is not valid JSON" },
        { TripletOutput + " }", TripletOutput + " }, \"arguments\": [\"x\"]", "step \"triplets\": has \"arguments\", and mine takes none" },
        { ", \"output\": \"${work}/few\"", "", "step \"few\": writes nothing; give generate its \"output\" or \"write-batch\"" },
        { "${work}/few", "${work}/pairs", "step \"few\": writes " },
        { "\"name\": \"few\"", "\"name\": \"pairs\"", "steps 1 and 3 are both called \"pairs\"" },
        { "\"name\": \"few\"", "\"nmae\": \"few\"", "there is no key \"steps[2].nmae\". Did you mean \"name\"?" },
        { "\"paths\": { \"work\"", "\"paths\": { \"wrok\"", "\"paths.work\" is missing" },
        { "\"variables\": {", "\"variables\": { \"work\": 1,", "\"work\" stands in \"paths\" and in \"variables\"" },
        { "${work}/pairs/pairs.jsonl", "${work}/pears/pairs.jsonl", "pears/pairs.jsonl, which is not there, and no step before writes it" },
        { "${work}/pairs/pairs.jsonl", "${work}/few/pairs.jsonl", "step \"few\" writes it, and stands below" },
        { "\"steps\": [", "\"steps\": [,", "pipeline.json:5: is not valid JSON" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task AFaultIsNamedBeforeTheFirstStepRuns(string replaced, string by, string told)
    {
        _folder.Save(replaced, by);
        string error = (await _folder.RunAsync()).ExpectUsageError();
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Contains("pipeline.json", error, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.Work));
    }

    [Theory]
    [InlineData("\"losses\": [{ \"loss\": \"infonse\" }]", "losses")]
    [InlineData("\"losses\": [{ \"loss\": \"info_nce\", \"temprature\": 0.1 }]", "temprature")]
    [InlineData("\"batch-size\": 0", "batch_size")]
    [InlineData("\"lerning-rate\": 1", "Did you mean \"learning-rate\"?")]
    [InlineData("\"config\": \"no-recipe.json\"", "no-recipe.json")]
    public async Task ARecipesFaultIsNamedBeforeTheFirstStepRuns(string option, string told)
    {
        _folder.Save("\"name\": \"few\", \"command\": \"generate\"", $$"""
            "command": "train", "options": { "data": { "path": "${work}/triplets.jsonl" }, "output": "${work}/model", {{option}} } }, { "name": "few", "command": "generate"
            """);
        string error = (await _folder.RunAsync()).ExpectUsageError();
        Assert.Contains("step \"train\": ", error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.Work));
    }

    [Fact]
    public async Task AFailingStepNamesItselfAndTheRestGoesOnWhenItIsMended()
    {
        string good = File.ReadAllText(_folder.NotesFile);
        _folder.Save("\"notes\": \"notes.jsonl\", \"id-field\"", "\"notes\": \"bad.jsonl\", \"id-field\"");
        File.WriteAllText(_folder.File("bad.jsonl"), good + "{\"_id\":\"x\"}\n");
        CommandResult failed = (await _folder.RunAsync()).Expect(2);
        Assert.Empty(failed.Output);
        Assert.Contains("bad.jsonl:31:", failed.Error, StringComparison.Ordinal);
        Assert.Contains("error: step 3 of 3: generate \"few\" ended with exit code 2", failed.Error, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("bad.jsonl"), good);
        Assert.Equal("pairs kept, triplets kept, few ran", await _folder.StatusesAsync());
    }

    [Fact]
    public async Task AFileThatIsMissingIsNamed() =>
        Assert.Contains("no-such.json: there is no such file", (await _folder.Medembed.RunAsync("pipeline", "--config", "no-such.json")).ExpectUsageError(), StringComparison.Ordinal);
}
