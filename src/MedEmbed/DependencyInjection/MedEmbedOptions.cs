using MedEmbed.EmbeddingGenerators;
using MedEmbed.Encoding;
using MedEmbed.Hub;

namespace MedEmbed.DependencyInjection;

/// <summary>The model of a container and how it computes. Immutable; checked once, when it is registered or, where it comes from the container, when
/// it is first used.</summary>
public sealed record MedEmbedOptions
{
    /// <summary>A model folder, a model in <c>models</c> beside the application or in <c>MEDEMBED_MODELS</c>, or a hub id (<c>owner/name</c>) that
    /// has been pulled.
    /// The network is never used.</summary>
    public required string Model { get; init; }

    /// <summary>The model's name in metadata and telemetry; null takes the folder's name, or the hub id of a pulled model.</summary>
    public string? ModelId { get; init; }

    /// <summary>The prompt of the generator without a key.</summary>
    public Prompt DefaultPrompt { get; init; } = Prompt.Document;

    /// <summary>Numbers a vector has, at least 1 and at most the model's; null takes all. Fewer are cut and scaled to unit length again.</summary>
    public int? Dimensions { get; init; }

    /// <summary>How the encoder computes.</summary>
    public TextEncoderOptions Encoder { get; init; } = new();

    internal MedEmbedOptions Validated()
    {
        if (string.IsNullOrWhiteSpace(Model))
            throw new ArgumentException("MedEmbedOptions.Model is empty; name a model folder, a bundled model or a pulled hub id.", nameof(Model));
        if (ModelId is not null && string.IsNullOrWhiteSpace(ModelId))
            throw new ArgumentException("MedEmbedOptions.ModelId is blank; leave it null to take the folder's name.", nameof(ModelId));
        if (Dimensions < 1)
        {
            throw new ArgumentException(
                $"MedEmbedOptions.Dimensions must be at least 1, not {Dimensions}; leave it null to take all of the model's.", nameof(Dimensions));
        }

        if (Encoder is null)
            throw new ArgumentException("MedEmbedOptions.Encoder is null; leave it out to take the defaults.", nameof(Encoder));
        Encoder.Validate();
        return this;
    }

    internal ModelLocation Locate()
    {
        ModelCatalog catalog = ModelCatalog.FromEnvironment();
        using var hub = new HubClient(new HubOptions { Offline = true });
        return new ModelResolver(catalog, hub).FindLocal(Model) ?? throw new ModelNotFoundException(Model,
            $"it is neither a model folder, nor a model in {string.Join(" or ", catalog.Roots)}, nor a hub id that has been pulled to {catalog.Cache.Root}. "
            + "Give the folder's full path, or pull the model first (medembed model pull owner/name).");
    }

    internal TextEncoderEmbeddingGenerator GeneratorOver(TextEncoder encoder, ModelLocation location)
    {
        TextEncoderEmbeddingGeneratorOptions own = PromptedGenerators.OptionsFor(encoder);

        // A pulled model lies in a folder that is named after its commit.
        string name = location.Source == ModelSource.Cached ? location.Name : own.ModelId;
        return new TextEncoderEmbeddingGenerator(encoder, own with { ModelId = ModelId ?? name, DefaultPrompt = DefaultPrompt, Dimensions = Dimensions });
    }
}
