using System.Numerics.Tensors;
using MedEmbed.Encoding;
using MedEmbed.Models;
using MedEmbed.Training.Encoders;

namespace MedEmbed.Training.Tests.Encoders;

[Trait("Category", "Golden")]
public sealed class GoldenVectorTests
{
    public static TheoryData<string> SmallModels()
    {
        if (!SharedFiles.Has("golden/models"))
            return ["(none)"];
        return [.. Directory.EnumerateDirectories(SharedFiles.Require("golden/models")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];
    }

    [Theory, MemberData(nameof(SmallModels))]
    public async Task SmallModelsGiveTheReferenceVectors(string model)
    {
        string original = model.Replace(".sentence-transformers-6", "", StringComparison.Ordinal);
        GoldenEmbedding[] expected = [.. GoldenEmbedding.Read(SharedFiles.Require("golden/embeddings/small-models.jsonl")).Where(golden => golden.Model == original)];
        await AssertVectors(SharedFiles.Require($"golden/models/{model}"), expected, ComputePrecision.F32, 0.99999);
    }

    [Theory]
    [InlineData(ComputePrecision.F32, 0.99999)]
    [InlineData(ComputePrecision.BF16, 0.999)]
    public async Task TheBaseModelGivesTheReferenceVectors(ComputePrecision precision, double leastCosine)
    {
        GoldenEmbedding[] expected = [.. GoldenEmbedding.Read(SharedFiles.Require("golden/embeddings/bge-small-en-v1.5.jsonl"))];
        await AssertVectors(SharedFiles.Require("models/bge-small-en-v1.5"), expected, precision, leastCosine);
    }

    private static async Task AssertVectors(string folder, GoldenEmbedding[] expected, ComputePrecision precision, double leastCosine)
    {
        Assert.NotEmpty(expected);
        using var encoder = TrainableEncoder.Open(ModelFolder.Open(folder), new TrainableEncoderOptions { Precision = precision, ChunkTokens = 700, Device = "cpu" });
        foreach (IGrouping<string?, GoldenEmbedding> group in expected.GroupBy(golden => golden.PromptName))
        {
            GoldenEmbedding[] members = [.. group];
            Prompt prompt = group.Key is { } name ? Prompt.Named(name) : Prompt.None;
            Encoded encoded = await encoder.EncodeAsync([.. members.Select(golden => golden.Text)], new EncodeOptions { Prompt = prompt }, TestContext.Current.CancellationToken);
            for (int i = 0; i < members.Length; i++)
            {
                double cosine = TensorPrimitives.CosineSimilarity(members[i].Vector, encoded.Vectors[i]);
                Assert.True(cosine >= leastCosine, $"{members[i].Model}, prompt {group.Key ?? "none"}: cosine {cosine:F7} to the reference for \"{members[i].Text}\".");
            }
        }
    }
}
