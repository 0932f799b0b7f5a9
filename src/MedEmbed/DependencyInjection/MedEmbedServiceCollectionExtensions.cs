using MedEmbed.DependencyInjection;
using MedEmbed.Encoding;
using MedEmbed.Hub;
using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a model's encoder and embedding generators.</summary>
public static class MedEmbedServiceCollectionExtensions
{
    /// <summary>Registers the model of <paramref name="options"/>, which is opened when something first asks for it and closed with the container.</summary>
    /// <remarks>
    /// <para>All singletons: <see cref="TextEncoder"/>, also as <see cref="ITextEncoder"/>; <see cref="ModelLocation"/>, where the model was found;
    /// <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of string and float vectors under
    /// <see cref="GeneratorKeys.Query"/>, under <see cref="GeneratorKeys.Document"/>, and without a key (<see cref="MedEmbedOptions.DefaultPrompt"/>).</para>
    /// <para>Opening reads the weights and, the first time on a machine, builds the graph: seconds. To have it done at start, resolve
    /// <see cref="TextEncoder"/> there.</para>
    /// </remarks>
    /// <returns>A builder that takes decorators such as telemetry and caches.</returns>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    /// <exception cref="InvalidOperationException">A model has been registered already.</exception>
    public static MedEmbedBuilder AddMedEmbed(this IServiceCollection services, MedEmbedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        return services.AddMedEmbed(_ => options);
    }

    /// <summary>As the other overload, with options that are made from the container, for instance from its configuration, and checked when the model
    /// is first asked for.</summary>
    /// <exception cref="InvalidOperationException">A model has been registered already.</exception>
    public static MedEmbedBuilder AddMedEmbed(this IServiceCollection services, Func<IServiceProvider, MedEmbedOptions> options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        if (services.Any(service => service.ServiceType == typeof(SharedGenerator)))
        {
            throw new InvalidOperationException(
                "AddMedEmbed has been called already. A container holds one model this way; register another TextEncoder under a key of your own.");
        }

        var builder = new MedEmbedBuilder(services);
        services.AddSingleton(provider => options(provider).Validated());
        services.AddSingleton(provider => provider.GetRequiredService<MedEmbedOptions>().Locate());
        services.AddSingleton(provider => TextEncoder.Open(
            provider.GetRequiredService<ModelLocation>().Folder, provider.GetRequiredService<MedEmbedOptions>().Encoder));
        services.AddSingleton<ITextEncoder>(provider => provider.GetRequiredService<TextEncoder>());
        services.AddSingleton(provider => new SharedGenerator(builder.Decorate(
            provider.GetRequiredService<MedEmbedOptions>().GeneratorOver(
                provider.GetRequiredService<TextEncoder>(), provider.GetRequiredService<ModelLocation>()),
            provider)));
        services.AddKeyedSingleton(GeneratorKeys.Query, (provider, _) => provider.GetRequiredService<SharedGenerator>().For(Prompt.Query));
        services.AddKeyedSingleton(GeneratorKeys.Document, (provider, _) => provider.GetRequiredService<SharedGenerator>().For(Prompt.Document));
        services.AddSingleton(provider => provider.GetRequiredService<SharedGenerator>().For(provider.GetRequiredService<MedEmbedOptions>().DefaultPrompt));
        return builder;
    }
}
