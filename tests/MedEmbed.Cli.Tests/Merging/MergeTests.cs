using System.Text.Json;
using MedEmbed.Cli.Tests.Running;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Training.LowRank;

namespace MedEmbed.Cli.Tests.Merging;

public sealed class MergeTests : IDisposable
{
    private const string Weight = "encoder.layer.1.output.dense.weight";

    private readonly TemporaryFolder _folder = new();
    private readonly string _first;
    private readonly string _second;

    public MergeTests() => (_first, _second) = (TinyModel.Write(_folder.File("first")), TinyModel.Write(_folder.File("second"), seed: 2));

    private Medembed Medembed => new(_folder.File("cache"));

    private string Output => _folder.File("merged");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WeightsOnTheCommandLineAreDividedByTheirSum()
    {
        JsonElement summary = (await RunAsync($"{_first}=1", $"{_second}=3", "--json")).Expect(0).Json;
        Assert.Equal([0.25, 0.75], summary.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("weight").GetDouble()));
        AssertMix(0.25);
        Assert.Equal(ModelFolder.Open(Output).ContentHash, summary.GetProperty("model_hash").GetString());
        Assert.Contains("| first | 0.25 |", File.ReadAllText(Path.Combine(Output, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheCardNamesWhatTheMembersWereTrainedOnAndALicenceTheyShare()
    {
        File.WriteAllText(Path.Combine(_first, "README.md"), "---\nlicense: mit\ndatasets:\n- notes\n- \"judged lists\"\n---\n");
        File.WriteAllText(Path.Combine(_second, "README.md"), "---\nlicense: mit\ndatasets:\n- pages\n- notes\n---\n");
        (await RunAsync(_first, _second)).Expect(0);
        string card = File.ReadAllText(Path.Combine(Output, "README.md"));
        Assert.Contains("\nlicense: mit\ndatasets:\n- notes\n- \"judged lists\"\n- pages\n---\n", card, StringComparison.Ordinal);
        Assert.Contains("trained on notes, judged lists, pages;", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.8", "", 0.2)]
    [InlineData("0.8", "=0.2", 0.2)]
    [InlineData("", "", 0.5)]
    public async Task TheBaseGetsWhatTheOthersLeave(string weight, string baseWeight, double expected)
    {
        (await RunAsync(weight.Length == 0 ? _second : $"{_second}={weight}", "--base", _first + baseWeight)).Expect(0);
        AssertMix(expected);
    }

    [Fact]
    public async Task TheMixEncodesTextsAndCanBeHalfAsLarge()
    {
        (await RunAsync(_first, _second, "--weights", "f16")).Expect(0);
        using (SafetensorsFile weights = ModelFolder.Open(Output).OpenWeights())
            Assert.All(weights.Tensors.Values, tensor => Assert.Equal("F16", tensor.TypeName));
        CommandResult vectors = (await Medembed.WithInput("acute pain\n").RunAsync("embed", "-", "--model", Output, "--output", "-")).Expect(0);
        Assert.Equal(16, vectors.JsonLines.Single().GetProperty("embedding").GetArrayLength());
    }

    [Fact]
    public async Task AnAdapterIsMergedIntoItsModel()
    {
        LowRankAdapter adapter = LowRankAdapter.Create(new LowRankConfig { Targets = new LayerSelection { Names = LowRankConfig.AllLayers }, Rank = 2 }, ModelFolder.Open(_first).Config, seed: 1);
        adapter.Write(_folder.File("adapter"));
        (await RunAsync("--base", _first, "--adapter", _folder.File("adapter"))).Expect(0);

        // A new adapter's second matrix is zero.
        AssertMix(1);
    }

    [Fact]
    public async Task ASearchKeepsTheBestMixItTriedAndLeavesNothingElse()
    {
        string task = WriteTask();
        string[] search = [_first, _second, "--search", task, "--evaluations", "6", "--json"];
        JsonElement summary = (await RunAsync(search)).Expect(0).Json;
        (double Weight, double Score)[] trials = [.. summary.GetProperty("trials").EnumerateArray().Select(trial => (trial.GetProperty("weights")[0].GetDouble(), trial.GetProperty("score").GetDouble()))];
        Assert.Equal([1, 0, 0.5], trials.Take(3).Select(trial => trial.Weight));
        Assert.InRange(trials.Length, 4, 6);
        AssertMix(trials.MaxBy(trial => trial.Score).Weight);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder.Path), entry => Path.GetFileName(entry).StartsWith("merged.", StringComparison.Ordinal));

        JsonElement again = (await RunAsync([.. search, "--overwrite"])).Expect(0).Json;
        Assert.Equal(summary.GetProperty("model_hash").GetString(), again.GetProperty("model_hash").GetString());
        Assert.Equal(summary.GetProperty("trials").GetRawText(), again.GetProperty("trials").GetRawText());
    }

    [Theory]
    [InlineData("two models at least", "FIRST")]
    [InlineData("no weight", "FIRST=0.5", "SECOND")]
    [InlineData("a weight is a number", "FIRST=much", "SECOND")]
    [InlineData("a weight is a number", "FIRST=-1", "SECOND")]
    [InlineData("may be 1 at most", "SECOND=1.2", "--base", "FIRST")]
    [InlineData("All weights are zero", "FIRST=0", "SECOND=0")]
    [InlineData("--search finds the weights itself", "FIRST=0.5", "SECOND=0.5", "--search", "TASK")]
    [InlineData("goes with one model", "FIRST", "SECOND", "--adapter", "FIRST")]
    [InlineData("adapter_config.json: is missing", "FIRST", "--adapter", "SECOND")]
    [InlineData("there is no such adapter folder", "FIRST", "--adapter", "nowhere")]
    public async Task WrongUsageIsToldAndWritesNothing(string message, params string[] arguments)
    {
        string task = WriteTask();
        string[] named = [.. arguments.Select(argument => argument.Replace("FIRST", _first, StringComparison.Ordinal).Replace("SECOND", _second, StringComparison.Ordinal).Replace("TASK", task, StringComparison.Ordinal))];
        Assert.Contains(message, (await RunAsync(named)).ExpectUsageError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
    }

    [Fact]
    public async Task ModelsOfDifferentSizesAreRefusedByTheFirstDifference()
    {
        string wider = TinyModel.Write(_folder.File("wider"), hidden: 32);
        Assert.Contains("\"hidden_size\" is 32, there 16", (await RunAsync(_first, wider)).ExpectUsageError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WeightsBeyondHalfPrecisionAreRefusedByNameAndLeaveNothing()
    {
        string path = Path.Combine(_second, "model.safetensors");
        TensorData[] tensors;
        using (var file = SafetensorsFile.Open(path))
            tensors = [.. file.Tensors.Values.Select(tensor => new TensorData(tensor.Name, TensorType.F32, tensor.Shape, tensor.Name == Weight ? [.. file.Read(tensor.Name).Select(value => value * 1e6f)] : file.Read(tensor.Name)))];
        SafetensorsWriter.Write(path, tensors);
        Assert.Contains($"Tensor \"{Weight}\"", (await RunAsync(_first, _second, "--weights", "f16")).ExpectUsageError(), StringComparison.Ordinal);
        Assert.Equal(["first", "second"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OnlyAnEarlierMergeIsReplacedAndOnlyWhenAsked()
    {
        (await RunAsync(_first, _second)).Expect(0);
        Assert.Contains("--overwrite", (await RunAsync(_first, _second)).ExpectUsageError(), StringComparison.Ordinal);
        (await RunAsync(_first, _second, "--overwrite")).Expect(0);
        (await Medembed.RunAsync("merge", _first, _second, "--output", _second, "--overwrite")).ExpectUsageError();
        (await Medembed.RunAsync("merge", Output, _second, "--output", Output, "--overwrite")).ExpectUsageError();
        Assert.True(File.Exists(Path.Combine(_second, "model.safetensors")));
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => Medembed.RunAsync(["merge", .. arguments, "--output", Output]);

    private void AssertMix(double ofFirst)
    {
        float[] first = Read(_first), second = Read(_second), mixed = Read(Output);
        for (int i = 0; i < mixed.Length; i++)
            Assert.Equal((first[i] * ofFirst) + (second[i] * (1 - ofFirst)), mixed[i], 1e-6);
    }

    private static float[] Read(string folder)
    {
        using SafetensorsFile weights = ModelFolder.Open(folder).OpenWeights();
        return weights.Read(Weight);
    }

    private string WriteTask()
    {
        string task = Directory.CreateDirectory(_folder.File("task")).FullName;
        Directory.CreateDirectory(Path.Combine(task, "qrels"));
        Corpus.Write(Path.Combine(task, "corpus.jsonl"), 40);
        File.WriteAllLines(Path.Combine(task, "queries.jsonl"), Enumerable.Range(0, 8).Select(i => JsonSerializer.Serialize(new { _id = FormattableString.Invariant($"q{i}"), text = FormattableString.Invariant($"pain {i} abc") })));
        File.WriteAllLines(Path.Combine(task, "qrels", "dev.tsv"), ["query-id\tcorpus-id\tscore", .. Enumerable.Range(0, 8).SelectMany(i => new[] { i * 5, (i * 7) + 1 }.Select(document => FormattableString.Invariant($"q{i}\td{document % 40}\t1")))]);
        return task;
    }
}
