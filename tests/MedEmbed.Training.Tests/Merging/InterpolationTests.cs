using System.Text.Json.Nodes;
using MedEmbed.Data.Outputs;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Tokenization;
using MedEmbed.Training.Merging;
using MedEmbed.Training.Output;

namespace MedEmbed.Training.Tests.Merging;

[Trait("Category", "Golden")]
public sealed class InterpolationTests : IDisposable
{
    private const string Source = "golden/models/dense-tanh";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryNumberIsTheWeightedMean()
    {
        ModelFolder[] models = [ModelFolder.Open(SharedFiles.Require(Source)), Changed("b", 1), Changed("c", 2)];
        double[] weights = [1, 2, 5];
        using (var interpolation = ModelInterpolation.Open(models))
            interpolation.Write(_folder.File("mix"), weights, cancellationToken: TestContext.Current.CancellationToken);
        ModelFolder mixed = ModelFolder.Open(_folder.File("mix"));
        AssertMean([.. models.Select(model => model.WeightsFile)], mixed.WeightsFile, weights);
        AssertMean([.. models.Select(model => model.Modules.OfType<DenseModule>().Single().WeightsPath)], mixed.Modules.OfType<DenseModule>().Single().WeightsPath, weights);
    }

    [Fact]
    public void OneModelAloneStaysBitForBit()
    {
        ModelFolder model = ModelFolder.Open(SharedFiles.Require(Source));
        using (var interpolation = ModelInterpolation.Open([model, Changed("b", 1)]))
            interpolation.Write(_folder.File("mix"), [3, 0], cancellationToken: TestContext.Current.CancellationToken);
        using SafetensorsFile before = model.OpenWeights(), after = ModelFolder.Open(_folder.File("mix")).OpenWeights();
        Assert.All(before.Tensors.Keys, name => Assert.Equal(before.Read(name), after.Read(name)));
    }

    [Theory]
    [InlineData("config.json", "hidden_act", "relu", "hidden_act")]
    [InlineData("config.json", "layer_norm_eps", 1e-5, "layer_norm_eps")]
    [InlineData("1_Pooling/config.json", "include_prompt", false, "Pooling")]
    [InlineData("2_Dense/config.json", "activation_function", "torch.nn.modules.linear.Identity", "Dense")]
    public void AModelOfAnotherFormIsRefusedWithTheFirstDifference(string file, string field, object value, string named)
    {
        ModelFolder model = ModelFolder.Open(SharedFiles.Require(Source)), other = Changed("b", 1);
        string path = Path.Combine(other.Path, file);
        JsonObject json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        json[field] = JsonValue.Create(value);
        File.WriteAllText(path, json.ToJsonString());
        var error = Assert.Throws<ModelFormatException>(() => ModelInterpolation.Open([model, ModelFolder.Open(other.Path)]));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(model.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherVocabularyIsRefusedByItsFirstToken()
    {
        ModelFolder model = Changed("a", 1), other = Changed("b", 1);
        File.Delete(Path.Combine(model.Path, "tokenizer.json"));
        File.Delete(Path.Combine(other.Path, "tokenizer.json"));
        string vocabulary = Path.Combine(other.Path, "vocab.txt");
        string[] lines = File.ReadAllLines(vocabulary);
        (lines[^1], lines[^2]) = (lines[^2], lines[^1]);
        File.WriteAllLines(vocabulary, lines);
        var error = Assert.Throws<ModelFormatException>(() => ModelInterpolation.Open([ModelFolder.Open(model.Path), ModelFolder.Open(other.Path)]));
        Assert.Contains($"token \"{lines[^2]}\" has id", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTokenizersOlderFormIsTheSameTokenizer()
    {
        string source = SharedFiles.Require("models/bge-small-en-v1.5");
        foreach (string file in (string[])["vocab.txt", "tokenizer_config.json", "special_tokens_map.json"])
            File.WriteAllBytes(_folder.File(file), File.ReadAllBytes(Path.Combine(source, file)));
        Assert.Null(WordPieceTokenizer.Load(source).DifferenceFrom(WordPieceTokenizer.Load(_folder.Path)));
    }

    [Fact]
    public void ACancelledMixLeavesNothingBehindAndAFinishedOneIsKept()
    {
        using var interpolation = ModelInterpolation.Open([ModelFolder.Open(SharedFiles.Require(Source))]);
        using var cancelled = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => interpolation.Write(_folder.File("mix"), [1], progress: new CancelAt(3, cancelled), cancellationToken: cancelled.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        interpolation.Write(_folder.File("mix"), [1], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Throws<OutputExistsException>(() => interpolation.Write(_folder.File("mix"), [1], cancellationToken: TestContext.Current.CancellationToken));
    }

    private static void AssertMean(string[] members, string mixed, double[] weights)
    {
        SafetensorsFile[] files = [.. members.Select(SafetensorsFile.Open)];
        using SafetensorsFile result = SafetensorsFile.Open(mixed);
        foreach (string name in result.Tensors.Keys)
        {
            float[][] values = [.. files.Select(file => file.Read(name))];
            float[] actual = result.Read(name);
            for (int i = 0; i < actual.Length; i++)
            {
                double expected = values.Select((member, m) => member[i] * weights[m] / weights.Sum()).Sum();
                Assert.True(Math.Abs(expected - actual[i]) <= 1e-7 * Math.Max(1, Math.Abs(expected)), $"{name}, number {i}");
            }
        }

        foreach (SafetensorsFile file in files)
            file.Dispose();
    }

    /// <summary>A copy of the model with other weights, written by the code of its own.</summary>
    private ModelFolder Changed(string name, int seed)
    {
        var random = new Random(seed);
        ModelFolderWriter.Write(_folder.File(name), ModelFolder.Open(SharedFiles.Require(Source)), (_, stored) => [.. stored().Select(value => value + (float)(random.NextDouble() - 0.5))], new ModelFolderOptions());
        return ModelFolder.Open(_folder.File(name));
    }

    private sealed class CancelAt(int count, CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == count)
                source.Cancel();
        }
    }
}
