using MedEmbed.DependencyInjection;
using MedEmbed.EmbeddingGenerators;
using MedEmbed.Encoding;
using MedEmbed.Hub;
using MedEmbed.Tests.EmbeddingGenerators;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace MedEmbed.Tests.DependencyInjection;

[Trait("Category", "Golden")]
public sealed class AddMedEmbedTests : IDisposable
{
    private const string Text = "chronic cough with fever";

    private readonly TemporaryFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task KeyedGeneratorsUseTheirRolesPromptAndTheUnkeyedOneTheDocuments()
    {
        await using ServiceProvider services = Services(Options());
        var encoder = services.GetRequiredService<ITextEncoder>();
        float[] query = await EncodeAsync(encoder, Prompt.Query), document = await EncodeAsync(encoder, Prompt.Document);
        Assert.NotEqual(query, document);
        Assert.Equal(query, await GenerateAsync(Generator(services, GeneratorKeys.Query)));
        Assert.Equal(document, await GenerateAsync(Generator(services, GeneratorKeys.Document)));
        Assert.Equal(document, await GenerateAsync(Generator(services, null)));
    }

    [Fact]
    public async Task OptionsDecideDefaultPromptNameAndDimensions()
    {
        await using ServiceProvider services = Services(Options() with { DefaultPrompt = Prompt.Query, ModelId = "house-model", Dimensions = 8 });
        var generator = Generator(services, null);
        float[] expected = await EncodeAsync(services.GetRequiredService<ITextEncoder>(), Prompt.Query, dimensions: 8);
        Assert.Equal(expected, await GenerateAsync(generator));
        var metadata = generator.GetRequiredService<EmbeddingGeneratorMetadata>();
        Assert.Equal(("house-model", 8), (metadata.DefaultModelId, metadata.DefaultModelDimensions));
    }

    [Fact]
    public async Task DecoratorsAreSharedByAllRolesAndDisposedOnceWithTheContainer()
    {
        var decorators = new List<CountingGenerator>();
        await using (ServiceProvider services = Services(Options(), builder => builder
            .Use((generator, _) => Counted(generator))
            .Use((generator, provider) => Counted(generator.AsBuilder().UseOpenTelemetry().Build(provider)))))
        {
            foreach (string? key in (string?[])[GeneratorKeys.Query, GeneratorKeys.Document, null])
                await GenerateAsync(Generator(services, key));
        }

        Assert.Equal([3, 3], decorators.Select(decorator => decorator.Calls));
        Assert.All(decorators, decorator => Assert.Equal(1, decorator.Disposals));
        Assert.Same(decorators[0], decorators[1].GetService<CountingGenerator>(CountingGenerator.InnerKey));

        CountingGenerator Counted(IEmbeddingGenerator<string, Embedding<float>> inner)
        {
            decorators.Add(new CountingGenerator(inner));
            return decorators[^1];
        }
    }

    [Fact]
    public async Task SharedCacheGivesEachRoleItsOwnVector()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IDistributedCache, DictionaryCache>();
        services.AddMedEmbed(Options())
            .Use((generator, provider) => generator.AsBuilder().UseOpenTelemetry().UseDistributedCache().Build(provider));
        await using ServiceProvider provider = services.BuildServiceProvider();
        var encoder = provider.GetRequiredService<ITextEncoder>();
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(await EncodeAsync(encoder, Prompt.Document), await GenerateAsync(Generator(provider, GeneratorKeys.Document)));
            Assert.Equal(await EncodeAsync(encoder, Prompt.Query), await GenerateAsync(Generator(provider, GeneratorKeys.Query)));
        }
    }

    [Fact]
    public async Task PulledModelIsNamedByItsHubId()
    {
        await using ServiceProvider services = Services(Options());
        var encoder = services.GetRequiredService<TextEncoder>();
        var location = new ModelLocation("owner/name", ModelSource.Cached, encoder.Model.Path);
        using TextEncoderEmbeddingGenerator pulled = Options().GeneratorOver(encoder, location);
        using TextEncoderEmbeddingGenerator folder = Options().GeneratorOver(encoder, location with { Source = ModelSource.Folder });
        Assert.Equal("owner/name", pulled.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelId);
        Assert.Equal("prompts", folder.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelId);
    }

    [Fact]
    public async Task ModelIsOpenedWhenFirstAskedForAndOnlyOnce()
    {
        int made = 0;
        var services = new ServiceCollection();
        services.AddMedEmbed(_ =>
        {
            made++;
            return Options();
        });
        await using ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Assert.Equal((0, false), (made, Directory.EnumerateFileSystemEntries(_cache.Path).Any()));
        Assert.Same(provider.GetRequiredService<TextEncoder>(), provider.GetRequiredService<ITextEncoder>());
        Assert.Same(provider.GetRequiredService<TextEncoder>(), Generator(provider, GeneratorKeys.Query).GetService<TextEncoder>());
        Assert.Equal(1, made);
    }

    [Fact]
    public void UnknownModelIsAnErrorThatSaysWhereItWasLookedFor()
    {
        using ServiceProvider services = Services(new MedEmbedOptions { Model = "owner/absent" });
        var error = Assert.Throws<ModelNotFoundException>(() => services.GetRequiredService<TextEncoder>());
        Assert.Contains("medembed model pull", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SecondModelIsRefused()
    {
        var services = new ServiceCollection();
        services.AddMedEmbed(new MedEmbedOptions { Model = "one" });
        Assert.Throws<InvalidOperationException>(() => services.AddMedEmbed(new MedEmbedOptions { Model = "two" }));
    }

    public static TheoryData<string> FaultyOptions() => ["Model", "ModelId", "Dimensions", "Threads", "BatchTokens"];

    [Theory, MemberData(nameof(FaultyOptions))]
    public void FaultyOptionIsNamedAtRegistration(string option)
    {
        var good = new MedEmbedOptions { Model = "bge-small-en-v1.5" };
        MedEmbedOptions faulty = option switch
        {
            "Model" => good with { Model = " " },
            "ModelId" => good with { ModelId = "" },
            "Dimensions" => good with { Dimensions = 0 },
            "Threads" => good with { Encoder = new TextEncoderOptions { Threads = 0 } },
            _ => good with { Encoder = new TextEncoderOptions { BatchTokens = 0 } },
        };
        Assert.Contains(option, Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddMedEmbed(faulty)).Message, StringComparison.Ordinal);
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Generator(ServiceProvider services, string? key) => key is null
        ? services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()
        : services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(key);

    private static async Task<float[]> GenerateAsync(IEmbeddingGenerator<string, Embedding<float>> generator) =>
        (await generator.GenerateVectorAsync(Text, cancellationToken: TestContext.Current.CancellationToken)).ToArray();

    private static async Task<float[]> EncodeAsync(ITextEncoder encoder, Prompt prompt, int? dimensions = null) =>
        (await encoder.EncodeAsync([Text], new EncodeOptions { Prompt = prompt, Dimensions = dimensions }, TestContext.Current.CancellationToken)).Vectors[0].ToArray();

    private static ServiceProvider Services(MedEmbedOptions options, Action<MedEmbedBuilder>? decorate = null)
    {
        var services = new ServiceCollection();
        MedEmbedBuilder builder = services.AddMedEmbed(options);
        decorate?.Invoke(builder);
        return services.BuildServiceProvider();
    }

    private MedEmbedOptions Options() => new()
    {
        Model = SharedFiles.Require("golden/models/prompts"),
        Encoder = new TextEncoderOptions { GraphCacheFolder = _cache.Path },
    };

    private sealed class CountingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public const string InnerKey = "inner";

        public int Calls { get; private set; }

        public int Disposals { get; private set; }

        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            return base.GenerateAsync(values, options, cancellationToken);
        }

        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceKey is InnerKey ? InnerGenerator.GetService(serviceType) : base.GetService(serviceType, serviceKey);

        protected override void Dispose(bool disposing)
        {
            Disposals++;
            base.Dispose(disposing);
        }
    }
}
