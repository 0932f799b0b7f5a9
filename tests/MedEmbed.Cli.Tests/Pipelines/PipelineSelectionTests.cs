namespace MedEmbed.Cli.Tests.Pipelines;

public sealed class PipelineSelectionTests : IDisposable
{
    private readonly PipelineFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ChosenStepsRunAloneAndNeedWhatTheyRead()
    {
        string error = (await _folder.RunAsync("--only", "triplets")).ExpectUsageError();
        Assert.Contains("step \"triplets\": \"pairs\" is ", error, StringComparison.Ordinal);
        Assert.Contains("step \"pairs\" writes it, and was not chosen", error, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.Work));
        Assert.Equal("pairs ran", await _folder.StatusesAsync("--to", "pairs"));
        Assert.Equal("triplets ran", await _folder.StatusesAsync("--only", "triplets"));
        Assert.Equal("triplets kept, few ran", await _folder.StatusesAsync("--from", "triplets"));
        Assert.Equal("triplets ran", await _folder.StatusesAsync("--only", "triplets", "--overwrite"));
        Assert.Equal("pairs kept, few kept", await _folder.StatusesAsync("--only", "few", "pairs"));
    }

    [Theory]
    [InlineData("Did you mean \"triplets\"?", "--only", "triplet")]
    [InlineData("There are: pairs, triplets, few.", "--from", "mining")]
    [InlineData("--to \"pairs\" is step 1, before --from \"few\", step 3", "--from", "few", "--to", "pairs")]
    [InlineData("--only goes without", "--only", "few", "--to", "pairs")]
    [InlineData("Did you mean \"work\"?", "--set", "wrok=x")]
    [InlineData("--set negatives must be a number, as in the file, not \"many\"", "--set", "negatives=many")]
    [InlineData("--set must be NAME=VALUE, not \"negatives\"", "--set", "negatives")]
    [InlineData("--set gives \"negatives\" twice", "--set", "negatives=1", "negatives=2")]
    public async Task WrongChoicesAreSaid(string problem, params string[] arguments)
    {
        Assert.Contains(problem, (await _folder.RunAsync(arguments)).ExpectUsageError(), StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.Work));
    }

    [Fact]
    public async Task SetPathsBeginAtTheCurrentFolderAndSetVariablesReachTheCommand()
    {
        string work = _folder.File("elsewhere"), relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), work);
        Assert.Equal("pairs ran, triplets ran", await _folder.StatusesAsync("--set", $"work={relative}", "negatives=1", "--to", "triplets"));
        Assert.False(Path.Exists(_folder.Work));
        Assert.All(File.ReadLines(Path.Combine(work, "triplets.jsonl")), line => Assert.Equal(1, System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("neg").GetArrayLength()));
        Assert.Equal("pairs kept, triplets kept", await _folder.StatusesAsync("--set", $"work={work}", "negatives=1", "--to", "triplets"));
    }

    [Fact]
    public async Task WhatThePipelineDidNotWriteIsNotReplacedUnasked()
    {
        Directory.CreateDirectory(_folder.Work);
        string triplets = Path.Combine(_folder.Work, "triplets.jsonl");
        File.WriteAllText(triplets, "mine\n");
        string error = (await _folder.RunAsync()).ExpectUsageError();
        Assert.Contains("triplets.jsonl: is there, but not by this pipeline", error, StringComparison.Ordinal);
        Assert.Equal("mine\n", File.ReadAllText(triplets));
        Assert.Equal("pairs ran, triplets ran, few ran", await _folder.StatusesAsync("--overwrite"));
        Assert.NotEqual("mine\n", File.ReadAllText(triplets));
    }

    [Fact]
    public async Task TwoRunsOfOnePipelineAreNotAtWorkAtOnce()
    {
        Directory.CreateDirectory(_folder.Work);
        using (new FileStream(Path.Combine(_folder.Work, "pipeline.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("another run of this pipeline is at work", (await _folder.RunAsync()).Expect(1).Error, StringComparison.Ordinal);
        (await _folder.RunAsync()).Expect(0);
    }
}
