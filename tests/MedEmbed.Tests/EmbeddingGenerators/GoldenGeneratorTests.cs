using System.Numerics.Tensors;
using MedEmbed.EmbeddingGenerators;
using MedEmbed.Encoding;
using MedEmbed.Tests.Encoding;
using Microsoft.Extensions.AI;

namespace MedEmbed.Tests.EmbeddingGenerators;

[Trait("Category", "Golden")]
public sealed class GoldenGeneratorTests : IDisposable
{
    private const string Model = "prompts";

    private readonly TemporaryFolder _cache = new();
    private readonly TextEncoder _encoder;
    private readonly GoldenEmbedding[] _expected;

    public GoldenGeneratorTests()
    {
        _encoder = TextEncoder.Open(SharedFiles.Require($"golden/models/{Model}"), new TextEncoderOptions { GraphCacheFolder = _cache.Path });
        _expected = [.. GoldenEmbedding.Read(SharedFiles.Require("golden/embeddings/small-models.jsonl")).Where(golden => golden.Model == Model)];
        Assert.Contains(_expected, golden => golden.PromptName == "query");
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public async Task ViewsGiveTheReferenceVectorsOfTheirPrompts()
    {
        using TextEncoderEmbeddingGenerator generator = _encoder.AsIEmbeddingGenerator();
        foreach (IGrouping<Prompt, GoldenEmbedding> group in _expected.GroupBy(golden => golden.Prompt))
        {
            GoldenEmbedding[] members = [.. group];
            var embeddings = await GenerateAsync(generator.WithPrompt(group.Key), members);
            Assert.All(members.Zip(embeddings), pair => Assert.True(
                TensorPrimitives.CosineSimilarity(pair.First.Vector, pair.Second.Vector.Span) >= 0.99999f, $"{group.Key}: {pair.First.Text}"));
            Assert.True(embeddings.Usage!.InputTokenCount >= 2 * members.Length);
        }
    }

    [Fact]
    public async Task FewerDimensionsAreTheFirstOnesScaledToUnitLength()
    {
        int dimensions = _encoder.Dimensions / 2;
        GoldenEmbedding[] members = [.. _expected.Where(golden => golden.PromptName == "query")];
        using TextEncoderEmbeddingGenerator generator = _encoder.AsIEmbeddingGenerator(Prompt.Query);
        var embeddings = await GenerateAsync(generator, members, new EmbeddingGenerationOptions { Dimensions = dimensions });
        foreach ((GoldenEmbedding golden, Embedding<float> embedding) in members.Zip(embeddings))
        {
            Assert.Equal(dimensions, embedding.Dimensions);
            Assert.Equal(1, TensorPrimitives.Norm(embedding.Vector.Span), 1e-5);
            Assert.True(TensorPrimitives.CosineSimilarity(golden.Vector.AsSpan(0, dimensions), embedding.Vector.Span) >= 0.99999f, golden.Text);
        }
    }

    [Fact]
    public async Task ConcurrentCallsGiveTheVectorsOfSingleOnes()
    {
        using TextEncoderEmbeddingGenerator generator = _encoder.AsIEmbeddingGenerator(Prompt.None);
        GoldenEmbedding[] members = [.. _expected.Where(golden => golden.PromptName is null)];
        await Parallel.ForEachAsync(Enumerable.Range(0, 16), TestContext.Current.CancellationToken, async (call, _) =>
        {
            GoldenEmbedding golden = members[call % members.Length];
            var embedding = Assert.Single(await GenerateAsync(generator, [golden]));
            Assert.True(TensorPrimitives.CosineSimilarity(golden.Vector, embedding.Vector.Span) >= 0.99999f, golden.Text);
        });
    }

    [Fact]
    public async Task PromptThatTheModelLacksIsAnErrorThatListsItsOwn()
    {
        using TextEncoderEmbeddingGenerator generator = _encoder.AsIEmbeddingGenerator(Prompt.Named("absent"));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => GenerateAsync(generator, _expected[..1]));
        Assert.Contains($"no prompt \"absent\"; it has {string.Join(", ", _encoder.Model.Prompts.ByName.Keys)}", error.Message, StringComparison.Ordinal);
    }

    private static Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, GoldenEmbedding[] golden, EmbeddingGenerationOptions? options = null) =>
        generator.GenerateAsync(golden.Select(member => member.Text), options, TestContext.Current.CancellationToken);
}
