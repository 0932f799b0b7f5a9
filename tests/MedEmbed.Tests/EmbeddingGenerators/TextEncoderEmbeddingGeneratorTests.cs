using MedEmbed.EmbeddingGenerators;
using MedEmbed.Encoding;
using Microsoft.Extensions.AI;

namespace MedEmbed.Tests.EmbeddingGenerators;

public sealed class TextEncoderEmbeddingGeneratorTests : IDisposable
{
    private readonly RecordedEncoder _encoder = new();

    public void Dispose() => _encoder.Dispose();

    [Fact]
    public async Task VectorsAreTheEncodersInInputOrder()
    {
        var embeddings = await GenerateAsync(Generator(), ["fever", "", "cough at night"]);
        Assert.Equal([5f, 0f, 14f], embeddings.Select(embedding => embedding.Vector.Span[0]));
        Assert.All(embeddings, embedding => Assert.Equal(("acme", 4), (embedding.ModelId, embedding.Dimensions)));
    }

    [Fact]
    public async Task UsageCountsTokensAndTruncatedTexts()
    {
        UsageDetails usage = (await GenerateAsync(Generator(), ["fever", "cough at night"])).Usage!;
        Assert.Equal((15L, 15L, null), (usage.InputTokenCount, usage.TotalTokenCount, usage.OutputTokenCount));
        Assert.Equal(1L, usage.AdditionalCounts![TextEncoderEmbeddingGenerator.TruncatedCount]);
    }

    [Theory, InlineData(null, 4), InlineData(3, 3)]
    public void MetadataNamesProviderModelAndDimensions(int? dimensions, int expected)
    {
        var metadata = Generator(Options() with { Dimensions = dimensions }).GetService<EmbeddingGeneratorMetadata>()!;
        Assert.Equal(("medembed", "acme", expected), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
    }

    [Fact]
    public void ServicesAreTheGeneratorAndItsEncoderWithoutAKey()
    {
        TextEncoderEmbeddingGenerator generator = Generator();
        Assert.Same(generator, generator.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Same(_encoder, generator.GetService<ITextEncoder>());
        Assert.Same(_encoder, generator.GetService<RecordedEncoder>());
        Assert.Null(generator.GetService<TextEncoder>());
        Assert.Null(generator.GetService<ITextEncoder>("key"));
    }

    [Theory, InlineData(null, null, null), InlineData(null, 3, 3), InlineData(2, 3, 2)]
    public async Task DimensionsOfTheCallWinOverTheGenerators(int? ofCall, int? ofGenerator, int? expected)
    {
        await GenerateAsync(Generator(Options() with { Dimensions = ofGenerator }), ["fever"], new EmbeddingGenerationOptions { Dimensions = ofCall });
        Assert.Equal(expected, Assert.Single(_encoder.Calls).Dimensions);
    }

    [Theory, InlineData(0), InlineData(5)]
    public void GeneratorWithMoreDimensionsThanItsEncoderIsRefused(int dimensions)
    {
        var error = Assert.Throws<ArgumentException>(() => Generator(Options() with { Dimensions = dimensions }));
        Assert.Contains($"from 1 to the model's 4, not {dimensions}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherModelOrRevisionIsRefusedAndItsOwnAccepted()
    {
        TextEncoderEmbeddingGenerator generator = Generator();
        await GenerateAsync(generator, ["fever"], new EmbeddingGenerationOptions { ModelId = "acme" });
        var model = await Assert.ThrowsAsync<ArgumentException>(() =>
            GenerateAsync(generator, ["fever"], new EmbeddingGenerationOptions { ModelId = "other" }));
        Assert.Contains("\"acme\", not \"other\"", model.Message, StringComparison.Ordinal);
        var otherRevision = new EmbeddingGenerationOptions { AdditionalProperties = new() { ["model_revision"] = "2" } };
        var revision = await Assert.ThrowsAsync<ArgumentException>(() => GenerateAsync(generator, ["fever"], otherRevision));
        Assert.Contains("revision \"1\"", revision.Message, StringComparison.Ordinal);
        Assert.Single(_encoder.Calls);
    }

    [Fact]
    public async Task CancelledCallThrows()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Generator().GenerateAsync(["fever"], cancellationToken: cancelled.Token));
    }

    [Fact]
    public void DisposedGeneratorLeavesTheEncoderOpen()
    {
        TextEncoderEmbeddingGenerator generator = Generator();
        generator.WithPrompt(Prompt.Query).Dispose();
        generator.Dispose();
        Assert.False(_encoder.IsDisposed);
    }

    private static TextEncoderEmbeddingGeneratorOptions Options() => new() { ModelId = "acme", ModelRevision = "1" };

    private static Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        TextEncoderEmbeddingGenerator generator, IEnumerable<string> texts, EmbeddingGenerationOptions? options = null) =>
        generator.GenerateAsync(texts, options, TestContext.Current.CancellationToken);

    private TextEncoderEmbeddingGenerator Generator(TextEncoderEmbeddingGeneratorOptions? options = null) => new(_encoder, options ?? Options());
}
