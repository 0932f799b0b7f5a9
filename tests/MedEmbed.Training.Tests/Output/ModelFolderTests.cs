using System.Numerics.Tensors;
using MedEmbed.Encoding;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.LowRank;
using MedEmbed.Training.Output;

namespace MedEmbed.Training.Tests.Output;

[Trait("Category", "Golden")]
public sealed class ModelFolderTests : IDisposable
{
    private static readonly string[] Texts = ["acute pain in the left knee", "Dementia and aphasia in motor neuron disease: an underrecognised association?", ""];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> SmallModels() => Encoders.GoldenVectorTests.SmallModels();

    [Theory, MemberData(nameof(SmallModels))]
    public async Task EveryFormOfModelSurvivesOpeningAndWriting(string name)
    {
        ModelFolder model = ModelFolder.Open(SharedFiles.Require($"golden/models/{name}"));
        using (var encoder = TrainableEncoder.Open(model, new TrainableEncoderOptions { Device = "cpu" }))
        {
            ModelFolderWriter.Write(_folder.File("f32"), encoder);
            ModelFolderWriter.Write(_folder.File("f16"), encoder, new ModelFolderOptions { Weights = TensorType.F16 });
        }

        ModelFolder written = ModelFolder.Open(_folder.File("f32"));
        Assert.Equal((model.Dimensions, model.MaxLength, model.Similarity, model.Normalizes, model.LowerCaseFirst), (written.Dimensions, written.MaxLength, written.Similarity, written.Normalizes, written.LowerCaseFirst));
        Assert.Equal(model.Prompts.ByName, written.Prompts.ByName);
        Assert.Equal(model.Prompts.DefaultName, written.Prompts.DefaultName);
        using (SafetensorsFile before = model.OpenWeights(), after = written.OpenWeights())
            Assert.Equal(before.Tensors.Values.Select(tensor => (tensor.Name, tensor.ShapeText)).Order(), after.Tensors.Values.Select(tensor => (tensor.Name, tensor.ShapeText)).Order());

        foreach (string? prompt in (IEnumerable<string?>)[null, .. model.Prompts.ByName.Keys])
        {
            EmbeddingMatrix expected = await VectorsAsync(model.Path, prompt), same = await VectorsAsync(written.Path, prompt), half = await VectorsAsync(_folder.File("f16"), prompt);
            for (int i = 0; i < Texts.Length; i++)
            {
                Assert.Equal(expected[i], same[i]);
                double cosine = TensorPrimitives.CosineSimilarity(expected[i], half[i]);
                Assert.True(cosine >= 0.9999, $"{name}, prompt {prompt ?? "none"}, \"{Texts[i]}\": cosine {cosine} in f16.");
            }
        }
    }

    [Theory, MemberData(nameof(SmallModels))]
    public void TheOlderFormIsWrittenWhateverWasRead(string name)
    {
        ModelFolder model = ModelFolder.Open(SharedFiles.Require($"golden/models/{name}"));
        ModelFolderWriter.Write(_folder.File("model"), model, (_, stored) => stored(), new ModelFolderOptions());
        string modules = File.ReadAllText(_folder.File("model/modules.json"));
        Assert.Contains("\"sentence_transformers.models.Pooling\"", modules, StringComparison.Ordinal);
        Assert.DoesNotContain(".modules.", modules, StringComparison.Ordinal);
        Assert.Contains("\"pooling_mode_cls_token\"", File.ReadAllText(_folder.File("model/1_Pooling/config.json")), StringComparison.Ordinal);
        Assert.Contains("\"max_seq_length\"", File.ReadAllText(_folder.File("model/sentence_bert_config.json")), StringComparison.Ordinal);
        Assert.Contains("\"float32\"", File.ReadAllText(_folder.File("model/config.json")), StringComparison.Ordinal);
        Assert.All(model.Modules.Select((module, i) => ModuleFiles.FolderOf(model, i)), folder => Assert.True(Directory.Exists(Path.Combine(_folder.File("model"), folder))));
    }

    [Fact]
    public async Task AnAttachedAdapterIsMergedIntoWhatIsWritten()
    {
        ModelFolder model = ModelFolder.Open(SharedFiles.Require("golden/models/cls"));
        using var encoder = TrainableEncoder.Open(model, new TrainableEncoderOptions { Device = "cpu" });
        LowRankAdapter start = LowRankAdapter.Create(new LowRankConfig { Targets = new LayerSelection { Names = LowRankConfig.AllLayers }, Rank = 3 }, model.Config, seed: 1);
        var random = new Random(1);
        encoder.Attach(new LowRankAdapter(start.Config, start.Layers.ToDictionary(entry => entry.Key, entry => entry.Value with { B = Enumerable.Range(0, entry.Value.B.Length).Select(_ => (float)random.NextDouble()).ToArray() })));
        ModelFolderWriter.Write(_folder.File("merged"), encoder);
        Encoded attached = await encoder.EncodeAsync(Texts, new EncodeOptions { Prompt = Prompt.None }, TestContext.Current.CancellationToken);
        EmbeddingMatrix merged = await VectorsAsync(_folder.File("merged"), null), plain = await VectorsAsync(model.Path, null);
        for (int i = 0; i < Texts.Length; i++)
        {
            Assert.True(TensorPrimitives.CosineSimilarity(attached.Vectors[i], merged[i]) > 0.99999);
            Assert.True(TensorPrimitives.CosineSimilarity(plain[i], merged[i]) < 0.999);
        }

        Assert.Throws<InvalidOperationException>(() => encoder.Attach(start));
    }

    [Fact]
    public void TensorsThatAreNoWeightsAreKeptAsTheyAre()
    {
        ModelFolder source = ModelFolder.Open(SharedFiles.Require("golden/models/bf16"));
        ModelFolderWriter.Write(_folder.File("first"), source, (_, stored) => stored(), new ModelFolderOptions());
        string weights = _folder.File("first/model.safetensors");
        byte[] before = File.ReadAllBytes(weights);
        AddPositionIds(weights);
        ModelFolder model = ModelFolder.Open(_folder.File("first"));
        ModelFolderWriter.Write(_folder.File("second"), model, (_, stored) => stored(), new ModelFolderOptions { Weights = TensorType.F16 });
        using SafetensorsFile written = ModelFolder.Open(_folder.File("second")).OpenWeights();
        Assert.Equal("I64", written.Find("embeddings.position_ids").TypeName);
        using var bytes = new MemoryStream();
        written.CopyTo("embeddings.position_ids", bytes);
        Assert.Equal(Enumerable.Range(0, 8).SelectMany(i => BitConverter.GetBytes((long)i)), bytes.ToArray());
        Assert.NotEqual(before.Length, new FileInfo(weights).Length);
    }

    [Theory]
    [InlineData(float.NaN, TensorType.F32, "not finite")]
    [InlineData(70000, TensorType.F16, "f32")]
    public void NumbersThatMakeNoModelAreRefusedAndNothingIsLeftBehind(float value, TensorType type, string message)
    {
        ModelFolder model = ModelFolder.Open(SharedFiles.Require("golden/models/cls"));
        float[] Broken(string name, Func<float[]> stored)
        {
            float[] values = stored();
            values[^1] = name == "encoder.layer.0.output.dense.weight" ? value : values[^1];
            return values;
        }

        var error = Assert.Throws<InvalidDataException>(() => ModelFolderWriter.Write(_folder.File("model"), model, Broken, new ModelFolderOptions { Weights = type }));
        Assert.Contains("encoder.layer.0.output.dense.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private static void AddPositionIds(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int length = (int)BitConverter.ToUInt64(file);
        string header = System.Text.Encoding.UTF8.GetString(file, 8, length).TrimEnd();
        int data = file.Length - 8 - length;
        header = FormattableString.Invariant($"{header[..^1]},\"embeddings.position_ids\":{{\"dtype\":\"I64\",\"shape\":[1,8],\"data_offsets\":[{data},{data + 64}]}}}}");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((ulong)header.Length), .. System.Text.Encoding.UTF8.GetBytes(header), .. file.AsSpan(8 + length), .. Enumerable.Range(0, 8).SelectMany(i => BitConverter.GetBytes((long)i))]);
    }

    private async Task<EmbeddingMatrix> VectorsAsync(string folder, string? prompt)
    {
        using TextEncoder encoder = TextEncoder.Open(folder, new TextEncoderOptions { GraphCacheFolder = _folder.File("graphs") });
        return (await encoder.EncodeAsync(Texts, new EncodeOptions { Prompt = prompt is null ? Prompt.None : Prompt.Named(prompt) }, TestContext.Current.CancellationToken)).Vectors;
    }
}
