using MedEmbed.Encoding;

namespace MedEmbed.EmbeddingGenerators;

/// <summary>How a <see cref="TextEncoderEmbeddingGenerator"/> names its model and what it does where a call says nothing. Immutable; checked when the
/// generator is made.</summary>
public sealed record TextEncoderEmbeddingGeneratorOptions
{
    /// <summary>The model's name, in metadata, telemetry and results. A call that asks for another is refused.</summary>
    public required string ModelId { get; init; }

    /// <summary>What tells this model from others of its name, such as the first digits of its hash; null where nothing does.</summary>
    public string? ModelRevision { get; init; }

    /// <summary>The prompt of a call that names none.</summary>
    public Prompt DefaultPrompt { get; init; } = Prompt.Document;

    /// <summary>Numbers a vector has where a call does not say, from 1 to the encoder's; null takes all. Fewer are cut and scaled to unit length
    /// again.</summary>
    public int? Dimensions { get; init; }

    internal void Validate(int encoderDimensions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ModelId, nameof(ModelId));
        if (Dimensions is { } dimensions && (dimensions < 1 || dimensions > encoderDimensions))
            throw new ArgumentException($"Dimensions must be from 1 to the model's {encoderDimensions}, not {dimensions}.");
    }
}
