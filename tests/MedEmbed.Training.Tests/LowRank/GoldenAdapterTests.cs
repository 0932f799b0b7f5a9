using System.Numerics.Tensors;
using System.Text.Json;
using MedEmbed.Encoding;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Libtorch;
using MedEmbed.Training.LowRank;
using MedEmbed.Training.Merging;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace MedEmbed.Training.Tests.LowRank;

[Trait("Category", "Golden")]
public sealed class GoldenAdapterTests : IDisposable
{
    private const string Adapter = "golden/training/lora";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task VectorsWithTheAdapterEqualPeft()
    {
        using TrainableEncoder encoder = Open();
        encoder.Attach(LowRankAdapter.Open(SharedFiles.Require(Adapter), encoder.Model.Config));
        await AssertVectors(encoder);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void GradientsEqualPeft(bool checkpointing)
    {
        using TrainableEncoder encoder = Open(checkpointing);
        encoder.Attach(LowRankAdapter.Open(SharedFiles.Require(Adapter), encoder.Model.Config));
        double loss = BackwardOfHardNegatives(encoder);
        double expectedLoss = Json($"{Adapter}/expected.json").GetProperty("loss_infonce_hard_negatives").GetDouble();
        Assert.Equal(expectedLoss, loss, 1e-5 * expectedLoss);

        using var expected = SafetensorsFile.Open(SharedFiles.Require($"{Adapter}/gradients.safetensors"));
        Assert.Equal(expected.Tensors.Keys.Order(StringComparer.Ordinal), encoder.Trainable.Select(parameter => parameter.Key));
        double whole = Math.Sqrt(expected.Tensors.Keys.Sum(name => Math.Pow(TensorPrimitives.Norm<float>(expected.Read(name)), 2)));
        foreach ((string name, Tensor parameter) in encoder.Trainable)
        {
            float[] reference = expected.Read(name), gradient = EncoderParameters.ValuesOf(parameter.grad!);
            double allowed = 1e-4 * Math.Max(TensorPrimitives.Norm<float>(reference), whole / 1000);
            double distance = TensorPrimitives.Distance<float>(reference, gradient);
            Assert.True(distance <= allowed, $"{name}: the gradient is {distance} away from PyTorch's, {allowed} are allowed.");
        }

        Assert.All(encoder.Parameters.Where(parameter => !parameter.Value.requires_grad), parameter => Assert.True(parameter.Value.grad is null, parameter.Key));
    }

    [Fact]
    public async Task TheMergedModelEqualsPeft()
    {
        ModelFolder model = BaseModel();
        AdapterMerge.Write(_folder.File("merged"), model, LowRankAdapter.Open(SharedFiles.Require(Adapter), model.Config));
        ModelFolder merged = ModelFolder.Open(_folder.File("merged"));
        using (SafetensorsFile written = merged.OpenWeights(), expected = SafetensorsFile.Open(SharedFiles.Require($"{Adapter}/merged.safetensors")))
        {
            foreach (string name in expected.Tensors.Keys)
            {
                float[] reference = expected.Read(name), values = written.Read(name);
                for (int i = 0; i < reference.Length; i++)
                    Assert.True(Math.Abs(reference[i] - values[i]) <= 1e-6 * Math.Max(1, Math.Abs(reference[i])), $"{name}, number {i}: {values[i]} where PEFT has {reference[i]}.");
            }
        }

        using TrainableEncoder encoder = TrainableEncoder.Open(merged, new TrainableEncoderOptions { Device = "cpu" });
        await AssertVectors(encoder);
    }

    [Fact]
    public void AnAdapterWrittenIsReadTheSame()
    {
        ModelFolder model = BaseModel();
        var adapter = LowRankAdapter.Open(SharedFiles.Require(Adapter), model.Config);
        adapter.Write(_folder.File("adapter"));
        using SafetensorsFile original = SafetensorsFile.Open(SharedFiles.Require($"{Adapter}/adapter_model.safetensors")), written = SafetensorsFile.Open(_folder.File("adapter/adapter_model.safetensors"));
        Assert.Equal(original.Tensors.Keys.Order(StringComparer.Ordinal), written.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.All(original.Tensors.Keys, name => Assert.Equal(original.Read(name), written.Read(name)));
        var again = LowRankAdapter.Open(_folder.File("adapter"), model.Config);
        Assert.Equal(adapter.Layers.ToDictionary(layer => layer.Key, layer => layer.Value.Scale), again.Layers.ToDictionary(layer => layer.Key, layer => layer.Value.Scale));
    }

    private static ModelFolder BaseModel() =>
        ModelFolder.Open(SharedFiles.Require($"golden/{Json($"{Adapter}/adapter_config.json").GetProperty("base_model_name_or_path").GetString()}"));

    private static TrainableEncoder Open(bool checkpointing = false) =>
        TrainableEncoder.Open(BaseModel(), new TrainableEncoderOptions { Device = "cpu", GradientCheckpointing = checkpointing });

    private static async Task AssertVectors(TrainableEncoder encoder)
    {
        JsonElement expected = Json($"{Adapter}/expected.json");
        string[] texts = [.. expected.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];
        Encoded encoded = await encoder.EncodeAsync(texts, new EncodeOptions { Prompt = Prompt.None }, TestContext.Current.CancellationToken);
        for (int i = 0; i < texts.Length; i++)
        {
            float[] reference = [.. expected.GetProperty("embeddings")[i].EnumerateArray().Select(value => value.GetSingle())];
            double distance = TensorPrimitives.Distance(reference, encoded.Vectors[i]);
            Assert.True(distance <= 1e-5 * TensorPrimitives.Norm<float>(reference), $"\"{texts[i]}\": the vector is {distance} away from PEFT's.");
        }
    }

    /// <summary>Mean cross-entropy of cos / 0.02 over all positives and negatives of the batch (infonce-hard-negatives).</summary>
    private static double BackwardOfHardNegatives(TrainableEncoder encoder)
    {
        JsonElement batch = Json("golden/training/batch.json");
        JsonElement[] columns = [batch.GetProperty("queries"), batch.GetProperty("positives"), .. batch.GetProperty("negatives").EnumerateArray()];
        using var scope = NewDisposeScope();
        IForwardPass[] passes = [.. columns.Select((column, number) => encoder.Forward(
            [.. column.EnumerateArray().Select(text => encoder.Tokens.Of(text.GetString()!, "", encoder.MaxLength, out _))], step: 0, number))];
        Tensor[] vectors = [.. passes.Select(pass => pass.Vectors.detach().requires_grad_())];
        Tensor scores = nn.functional.normalize(vectors[0]).matmul(nn.functional.normalize(cat(vectors[1..], 0)).t()).DividedBy(0.02);
        Tensor loss = nn.functional.cross_entropy(scores, TensorArithmetic.Range(0, vectors[0].shape[0], ScalarType.Int64, CPU));
        loss.backward();
        for (int i = 0; i < passes.Length; i++)
            passes[i].Backward(vectors[i].grad!);
        return loss.item<float>();
    }

    private static JsonElement Json(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Require(path)));
        return json.RootElement.Clone();
    }
}
