using System.Numerics.Tensors;
using MedEmbed.Encoding;

namespace MedEmbed.Tests.Encoding;

[Trait("Category", "Golden")]
public sealed class GoldenEmbeddingTests
{
    private const string ModelsFolder = "golden/models";
    private const double LeastCosine = 0.99999;

    public static TheoryData<string> SmallModels()
    {
        var names = new TheoryData<string>();
        if (!SharedFiles.Has(ModelsFolder))
            return ["(none)"];
        foreach (string folder in Directory.EnumerateDirectories(SharedFiles.Require(ModelsFolder)).Order(StringComparer.Ordinal))
            names.Add(Path.GetFileName(folder));
        return names;
    }

    [Theory, MemberData(nameof(SmallModels))]
    public async Task SmallModelsGiveTheReferenceVectorsAloneAndInMixedBatches(string model)
    {
        string folder = SharedFiles.Require($"{ModelsFolder}/{model}");
        string original = model.Replace(".sentence-transformers-6", "", StringComparison.Ordinal);
        GoldenEmbedding[] expected = [.. GoldenEmbedding.Read(SharedFiles.Require("golden/embeddings/small-models.jsonl")).Where(golden => golden.Model == original)];
        Assert.NotEmpty(expected);
        await AssertEqual(folder, expected);
    }

    [Fact]
    public async Task TheBaseModelGivesTheReferenceVectorsAloneAndInMixedBatches()
    {
        GoldenEmbedding[] expected = [.. GoldenEmbedding.Read(SharedFiles.Require("golden/embeddings/bge-small-en-v1.5.jsonl"))];
        Assert.NotEmpty(expected);
        await AssertEqual(SharedFiles.Require("models/bge-small-en-v1.5"), expected);
    }

    private static async Task AssertEqual(string folder, GoldenEmbedding[] expected)
    {
        using var cache = new TemporaryFolder();
        using var encoder = TextEncoder.Open(folder, new TextEncoderOptions { GraphCacheFolder = cache.Path, BatchTokens = 700 });
        foreach (IGrouping<Prompt, GoldenEmbedding> group in expected.GroupBy(golden => golden.Prompt))
        {
            GoldenEmbedding[] members = [.. group];
            var options = new EncodeOptions { Prompt = group.Key };
            Encoded together = await encoder.EncodeAsync([.. members.Select(golden => golden.Text)], options, TestContext.Current.CancellationToken);
            for (int i = 0; i < members.Length; i++)
            {
                Encoded alone = await encoder.EncodeAsync([members[i].Text], options, TestContext.Current.CancellationToken);
                AssertSame(members[i], alone.Vectors[0], "alone");
                AssertSame(members[i], together.Vectors[i], "in a batch");
                Assert.True(TensorPrimitives.Distance<float>(alone.Vectors[0], together.Vectors[i]) <= 1e-6f * TensorPrimitives.Norm<float>(alone.Vectors[0]),
                    $"{members[i].Model}: the vector of \"{Shorten(members[i].Text)}\" depends on its batch by {TensorPrimitives.Distance<float>(alone.Vectors[0], together.Vectors[i])}.");
            }
        }
    }

    private static void AssertSame(GoldenEmbedding golden, ReadOnlySpan<float> actual, string how)
    {
        Assert.Equal(golden.Vector.Length, actual.Length);
        double cosine = TensorPrimitives.CosineSimilarity(golden.Vector, actual);
        double lengthRatio = TensorPrimitives.Norm<float>(actual) / TensorPrimitives.Norm<float>(golden.Vector);
        Assert.True(cosine >= LeastCosine && Math.Abs(lengthRatio - 1) < 1e-4,
            $"{golden.Model}, prompt {golden.PromptName ?? "none"}, {how}: \"{Shorten(golden.Text)}\" has cosine {cosine:F7} and length ratio {lengthRatio:F6} to the reference.");
    }

    private static string Shorten(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
