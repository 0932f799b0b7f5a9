using MedEmbed.Encoding;
using MedEmbed.Graph;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Tests.Models;

namespace MedEmbed.Tests.Graph;

public sealed class ForwardPassTests : IDisposable
{
    private const string PromptText = "find: ";

    private static readonly string[] Texts = ["heart failure", "", "a", "HbA1c 7.9 % in a heart", "x y z heart failure heart failure, and so on (until the end)?", "ß"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gelu")]
    [InlineData("gelu_new")]
    [InlineData("relu")]
    public Task EveryActivationGivesTheFormulasVectors(string activation) =>
        AssertReference(new RandomModel { Activation = activation, Normalize = false });

    [Theory]
    [InlineData("cls")]
    [InlineData("max")]
    [InlineData("mean")]
    [InlineData("mean_sqrt_len_tokens")]
    [InlineData("weightedmean")]
    [InlineData("lasttoken")]
    public async Task EveryPoolingGivesTheFormulasVectorsWithAndWithoutThePrompt(string mode)
    {
        await AssertReference(new RandomModel { Pooling = [mode], Normalize = false });
        await AssertReference(new RandomModel { Pooling = [mode], IncludePrompt = false, Seed = 2 });
    }

    [Fact]
    public Task SeveralPoolingsAreJoinedInTheirOwnOrder() =>
        AssertReference(new RandomModel { Pooling = ["lasttoken", "cls", "weightedmean", "max", "mean_sqrt_len_tokens", "mean"], IncludePrompt = false });

    [Theory]
    [InlineData("Tanh", true)]
    [InlineData("Identity", false)]
    [InlineData("ReLU", true)]
    [InlineData("GELU", true)]
    [InlineData("Sigmoid", false)]
    public Task EveryDenseModuleGivesTheFormulasVectors(string activation, bool bias) =>
        AssertReference(new RandomModel { Pooling = ["mean", "max"], DenseOutputs = 7, DenseActivation = activation, DenseBias = bias, Normalize = false });

    [Theory]
    [InlineData(TensorType.F16, "")]
    [InlineData(TensorType.BF16, "bert.")]
    public Task WeightsOfEveryFormatAndPrefixGiveTheirOwnVectors(TensorType type, string prefix) =>
        AssertReference(new RandomModel { Type = type, Prefix = prefix, Pooling = ["cls"], Layers = 3 });

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 1)]
    [InlineData(8, 8)]
    [InlineData(66, 3)]
    public Task AnyHeadSizeGivesTheFormulasVectors(int hidden, int heads) =>
        AssertReference(new RandomModel { Hidden = hidden * (hidden == 1 ? 2 : 1), Heads = heads, Layers = 1, Normalize = false });

    [Fact]
    public async Task AnExportedGraphInTheFolderGivesTheSameVectors()
    {
        var model = new RandomModel { Pooling = ["mean", "max"], DenseOutputs = 6, Prompts = Prompts() };
        string folder = Write(model, out _);
        using TextEncoder built = TextEncoder.Open(folder, Options());
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        OnnxExport.WritePortable(ModelFolder.Open(folder), Path.Combine(folder, "onnx"));
        using TextEncoder exported = TextEncoder.Open(folder, Options() with { PreferExportedGraph = true });
        File.Delete(Path.Combine(folder, "model.safetensors"));
        using TextEncoder withoutWeights = TextEncoder.Open(folder, Options());
        EmbeddingMatrix expected = await Encode(built, EncodeOptions.Query);
        foreach (TextEncoder encoder in (TextEncoder[])[exported, withoutWeights])
        {
            EmbeddingMatrix actual = await Encode(encoder, EncodeOptions.Query);
            VectorAssert.Close(expected, actual, 1e-5);
        }

        Assert.Throws<ModelFormatException>(() => TextEncoder.Open(folder, Options() with { Precision = Precision.Int8 }));
    }

    private async Task AssertReference(RandomModel model)
    {
        model = model with { Prompts = Prompts() };
        string folder = Write(model, out var weights);
        var reference = new ReferenceBert(model, weights);
        using TextEncoder encoder = TextEncoder.Open(folder, Options());
        foreach ((EncodeOptions options, string prompt) in ((EncodeOptions, string)[])[(new EncodeOptions { Prompt = Prompt.None }, ""), (EncodeOptions.Query, PromptText)])
        {
            int leftOut = prompt.Length == 0 || model.IncludePrompt ? 0 : encoder.Tokenizer.Encode(prompt).Length - 1;
            double[][] expected = [.. Texts.Select(text => reference.Encode(encoder.Tokenizer.Encode(prompt + text), leftOut))];
            EmbeddingMatrix actual = await Encode(encoder, options);
            for (int i = 0; i < Texts.Length; i++)
                VectorAssert.Close(expected[i], actual[i], 2e-5, $"{string.Join('+', model.Pooling)} of \"{prompt}{Texts[i]}\"");
        }
    }

    private static async Task<EmbeddingMatrix> Encode(TextEncoder encoder, EncodeOptions options) =>
        (await encoder.EncodeAsync(Texts, options, TestContext.Current.CancellationToken)).Vectors;

    private static Dictionary<string, string> Prompts() => new() { ["query"] = PromptText };

    private string Write(RandomModel model, out IReadOnlyDictionary<string, float[]> weights)
    {
        string folder = Directory.CreateDirectory(_folder.File($"{Guid.NewGuid():N}")).FullName;
        model.Write(folder);
        weights = model.ReadWeights(folder);
        return folder;
    }

    private TextEncoderOptions Options() => new() { GraphCacheFolder = _folder.File("graphs"), Threads = 1 };
}
