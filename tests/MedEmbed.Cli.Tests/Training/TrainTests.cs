using System.Text.Json;
using MedEmbed.Cli.Tests.Running;
using MedEmbed.Safetensors;

namespace MedEmbed.Cli.Tests.Training;

public sealed class TrainTests(TinyModelFixture tiny) : IClassFixture<TinyModelFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrainingLowersTheLossAndWritesAModelThatTheOtherCommandsTake()
    {
        string data = TripletSample.Write(_folder.File("triplets.jsonl"), 120);
        string output = _folder.File("model");
        CommandResult result = (await tiny.Medembed.RunAsync([.. Arguments(data, output), "--steps", "60", "--learning-rate", "5e-3", "--log-every", "5", "--json"])).Expect(0);
        Assert.Equal(60, result.Json.GetProperty("steps").GetInt32());
        double[] losses = [.. File.ReadLines(Path.Combine(output, "metrics.jsonl")).Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("loss").GetDouble())];
        Assert.Equal(12, losses.Length);
        Assert.True(losses[^1] < 0.8 * losses[0], string.Join(", ", losses));
        foreach (string file in (string[])["loss.svg", "loss.png", "README.md", "recipe.json", "modules.json", "model.safetensors"])
            Assert.True(File.Exists(Path.Combine(output, file)), file);
        string corpus = _folder.File("corpus.jsonl");
        File.WriteAllText(corpus, """{"_id":"a","text":"words"}""" + "\n");
        (await tiny.Medembed.RunAsync("embed", corpus, "--model", output, "--output", _folder.File("vectors.jsonl"))).Expect(0);
    }

    [Fact]
    public async Task AnotherRecipeDoesNotContinueAnUnfinishedRun()
    {
        string data = TripletSample.Write(_folder.File("triplets.jsonl"), 60);
        string output = _folder.File("model");
        using var stop = new CancellationTokenSource();
        Task<CommandResult> run = tiny.Medembed.RunUntilAsync(stop.Token, [.. Arguments(data, output), "--steps", "100000", "--log-every", "1"]);
        while (!(new FileInfo(output + ".partial/metrics.jsonl") is { Exists: true, Length: > 0 }) && !run.IsCompleted)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        (await run).Expect(130);
        string error = (await tiny.Medembed.RunAsync([.. Arguments(data, output), "--steps", "99"])).ExpectUsageError();
        Assert.Contains("unfinished run of another recipe", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingToResumeIsToldAtOnce()
    {
        string data = TripletSample.Write(_folder.File("triplets.jsonl"), 20);
        string error = (await tiny.Medembed.RunAsync([.. Arguments(data, _folder.File("model")), "--resume"])).ExpectUsageError();
        Assert.Contains("no checkpoint to resume", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALossThatIsNoNumberStopsTheRunAndNamesTheBatch()
    {
        string data = TripletSample.Write(_folder.File("triplets.jsonl"), 60);
        CommandResult result = (await tiny.Medembed.RunAsync([.. Arguments(data, _folder.File("model")), "--steps", "50", "--learning-rate", "1e30", "--checkpoint-every", "1", "--warmup-ratio", "0"])).Expect(1);
        Assert.Matches("error: Step [0-9]+: the (loss|gradient's norm) is (NaN|-?Infinity)", result.Error);
        Assert.Contains("The last good checkpoint is kept in", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("model")));
    }

    [Theory]
    [InlineData("""{"query":"a","pos":[]}""", "triplets.jsonl:1: field \"pos\"")]
    [InlineData("""{"query":"a","pos":["b"]""", "triplets.jsonl:1")]
    [InlineData("", "triplets.jsonl")]
    public async Task FaultyTripletsNameFileAndLine(string content, string message)
    {
        string data = _folder.File("triplets.jsonl");
        File.WriteAllText(data, content + "\n");
        Assert.Contains(message, (await tiny.Medembed.RunAsync(Arguments(data, _folder.File("model")))).ExpectUsageError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALossThatNeedsNegativesRefusesATripletWithout()
    {
        string data = _folder.File("triplets.jsonl");
        File.WriteAllLines(data, ["""{"query":"a","pos":["b"],"neg":["c"]}""", """{"query":"d","pos":["e"]}"""]);
        string error = (await tiny.Medembed.RunAsync([.. Arguments(data, _folder.File("model")), "--losses", "triplet"])).ExpectUsageError();
        Assert.Contains("triplets.jsonl:2: field \"neg\" is missing or empty", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TeachersAreDemandedWhereALossNeedsThem()
    {
        string data = TripletSample.Write(_folder.File("triplets.jsonl"), 20);
        string error = (await tiny.Medembed.RunAsync([.. Arguments(data, _folder.File("model")), "--losses", "batch_kl"])).ExpectUsageError();
        Assert.Contains("\"teachers\" is empty", error, StringComparison.Ordinal);
        (await tiny.Medembed.RunAsync([.. Arguments(data, _folder.File("model")), "--losses", "batch_kl", "--teachers", "bm25", tiny.Model, "--steps", "2"])).Expect(0);
    }

    [Fact]
    public async Task AdaptersAreTrainedAloneAndMergedIntoTheOutput()
    {
        string data = TripletSample.Write(_folder.File("triplets.jsonl"), 60);
        string output = _folder.File("model");
        (await tiny.Medembed.RunAsync([.. Arguments(data, output), "--steps", "5", "--lora", """{"rank": 4, "targets": ["query", "value"]}"""])).Expect(0);
        Assert.True(File.Exists(Path.Combine(output, "adapter", "adapter_config.json")));
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(tiny.Model, "model.safetensors")), File.ReadAllBytes(Path.Combine(output, "model.safetensors")));
    }

    [Fact]
    public async Task FrozenParametersStayAsTheyAre()
    {
        string data = TripletSample.Write(_folder.File("triplets.jsonl"), 60);
        string output = _folder.File("model");
        (await tiny.Medembed.RunAsync([.. Arguments(data, output), "--steps", "5", "--freeze", "embeddings", "encoder.layer.0"])).Expect(0);
        using var before = SafetensorsFile.Open(Path.Combine(tiny.Model, "model.safetensors"));
        using var after = SafetensorsFile.Open(Path.Combine(output, "model.safetensors"));
        foreach (string name in before.Tensors.Keys)
        {
            bool frozen = name.StartsWith("embeddings.", StringComparison.Ordinal) || name.StartsWith("encoder.layer.0.", StringComparison.Ordinal);
            Assert.True(frozen == before.Read(name).SequenceEqual(after.Read(name)), name);
        }

        string error = (await tiny.Medembed.RunAsync([.. Arguments(data, _folder.File("other")), "--freeze", "embedding"])).ExpectUsageError();
        Assert.Contains("\"freeze\" names \"embedding\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunWithoutANewBestStopsEarlyAndGivesTheBest()
    {
        string data = TripletSample.Write(_folder.File("triplets.jsonl"), 60);
        string judged = _folder.File("dev.jsonl");
        File.WriteAllText(judged, """{"query_id":"q","query":"word","passages":[{"id":"a","text":"word","grade":3},{"id":"b","text":"other","grade":0}]}""" + "\n");
        CommandResult result = (await tiny.Medembed.RunAsync(
            [.. Arguments(data, _folder.File("model")), "--steps", "100000", "--learning-rate", "1e-9", "--development", judged, "--evaluate-every", "2", "--patience", "3", "--json"])).Expect(0);
        Assert.Equal(6, result.Json.GetProperty("steps").GetInt32());
        Assert.Equal(0, result.Json.GetProperty("best_step").GetInt32());
    }

    private string[] Arguments(string data, string output) =>
        ["train", "--data", data, "--model", tiny.Model, "--output", output, "--batch-size", "8", "--precision", "f32", "--threads", "1"];
}
