using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Decorator = System.Func<
    Microsoft.Extensions.AI.IEmbeddingGenerator<string, Microsoft.Extensions.AI.Embedding<float>>,
    System.IServiceProvider,
    Microsoft.Extensions.AI.IEmbeddingGenerator<string, Microsoft.Extensions.AI.Embedding<float>>>;

namespace MedEmbed.DependencyInjection;

/// <summary>Adds decorators to the generators that <c>AddMedEmbed</c> registered. For the registration alone; not thread-safe.</summary>
public sealed class MedEmbedBuilder
{
    private readonly List<Decorator> _decorators = [];

    internal MedEmbedBuilder(IServiceCollection services) => Services = services;

    /// <summary>The container's registrations.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Wraps the generators of all roles, which share what is built here, so that one cache or meter serves them all. The first call's
    /// decorators are outermost.</summary>
    /// <remarks>With the decorators of <c>Microsoft.Extensions.AI</c>:
    /// <c>Use((generator, services) => generator.AsBuilder().UseOpenTelemetry().UseDistributedCache().Build(services))</c>.
    /// Prompt, model, revision and dimensions stand in each call's options, so a cache tells queries from documents.</remarks>
    public MedEmbedBuilder Use(Func<IEmbeddingGenerator<string, Embedding<float>>, IServiceProvider, IEmbeddingGenerator<string, Embedding<float>>> decorate)
    {
        ArgumentNullException.ThrowIfNull(decorate);
        _decorators.Add(decorate);
        return this;
    }

    internal IEmbeddingGenerator<string, Embedding<float>> Decorate(IEmbeddingGenerator<string, Embedding<float>> generator, IServiceProvider services)
    {
        for (int i = _decorators.Count - 1; i >= 0; i--)
        {
            generator = _decorators[i](generator, services) ?? throw new InvalidOperationException(
                "A decorator given to MedEmbedBuilder.Use returned null; return the generator it was given where nothing is to be added.");
        }

        return generator;
    }
}
