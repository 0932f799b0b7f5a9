using MedEmbed.EmbeddingGenerators;
using MedEmbed.Encoding;
using Microsoft.Extensions.AI;

namespace MedEmbed.Tests.EmbeddingGenerators;

public sealed class PromptedGeneratorsTests : IDisposable
{
    private readonly RecordedEncoder _encoder = new();
    private readonly TextEncoderEmbeddingGenerator _generator;
    private readonly DictionaryCache _cache = new();

    public PromptedGeneratorsTests() => _generator = Over("1");

    public void Dispose()
    {
        _generator.Dispose();
        _encoder.Dispose();
    }

    [Fact]
    public async Task ViewsAskForTheirPromptUnlessTheCallNamesAnother()
    {
        await GenerateAsync(_generator.WithPrompt(Prompt.Query));
        await GenerateAsync(_generator.WithPrompt(Prompt.Named("s2p")));
        await GenerateAsync(_generator.WithPrompt(Prompt.Query), new EmbeddingGenerationOptions().WithPrompt(Prompt.None));
        Assert.Equal([Prompt.Query, Prompt.Named("s2p"), Prompt.None], _encoder.Calls.Select(call => call.Prompt));
    }

    [Fact]
    public async Task CallersOptionsStayAsTheyAre()
    {
        var options = new EmbeddingGenerationOptions();
        await GenerateAsync(_generator.WithPrompt(Prompt.Query), options);
        Assert.Equal((null, null, null), (options.ModelId, options.Dimensions, options.AdditionalProperties));
    }

    [Fact]
    public async Task OneCacheKeepsRolesDimensionsAndRevisionsApart()
    {
        using IEmbeddingGenerator<string, Embedding<float>> cached = Cached(_generator), retrained = Cached(Over("2"));
        for (int round = 0; round < 2; round++)
        {
            await GenerateAsync(cached.WithPrompt(Prompt.Query));
            await GenerateAsync(cached.WithPrompt(Prompt.Document));
            await GenerateAsync(cached.WithPrompt(Prompt.Document), new EmbeddingGenerationOptions { Dimensions = 4 });
            await GenerateAsync(cached.WithPrompt(Prompt.Document), new EmbeddingGenerationOptions { Dimensions = 2 });
            await GenerateAsync(retrained.WithPrompt(Prompt.Query));
        }

        Assert.Equal(
            [(Prompt.Query, 4), (Prompt.Document, 4), (Prompt.Document, 2), (Prompt.Query, 4)],
            _encoder.Calls.Select(call => (call.Prompt, call.Dimensions!.Value)));
    }

    [Fact]
    public void GeneratorOfAnotherProviderIsRefused()
    {
        using var other = new OtherGenerator();
        Assert.Contains("does not lead to", Assert.Throws<ArgumentException>(() => other.WithPrompt(Prompt.Query)).Message, StringComparison.Ordinal);
    }

    private static Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, EmbeddingGenerationOptions? options = null) =>
        generator.GenerateAsync(["fever"], options, TestContext.Current.CancellationToken);

    private TextEncoderEmbeddingGenerator Over(string revision) => new(_encoder, new() { ModelId = "acme", ModelRevision = revision });

    private IEmbeddingGenerator<string, Embedding<float>> Cached(TextEncoderEmbeddingGenerator generator) =>
        generator.AsBuilder().UseDistributedCache(_cache).Build();

    private sealed class OtherGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>());

        public object? GetService(Type serviceType, object? serviceKey) => null;

        public void Dispose()
        {
        }
    }
}
