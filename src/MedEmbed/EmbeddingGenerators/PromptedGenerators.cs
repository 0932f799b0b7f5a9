using MedEmbed.Encoding;
using Microsoft.Extensions.AI;

namespace MedEmbed.EmbeddingGenerators;

/// <summary>Makes generators for queries and for documents over one model.</summary>
public static class PromptedGenerators
{
    /// <summary>Digits of the model's hash that make its revision.</summary>
    private const int RevisionDigits = 12;

    /// <summary>A generator over <paramref name="encoder"/>. Its revision is the first 12 hex digits of the model's hash, with the precision
    /// where that is not f32.</summary>
    /// <param name="encoder">The encoder, which the caller keeps and disposes.</param>
    /// <param name="defaultPrompt">The prompt of a call that names none; null takes <see cref="Prompt.Document"/>.</param>
    /// <param name="modelId">The model's name in metadata and telemetry; null takes that of its folder, which for a pulled model is a commit.</param>
    public static TextEncoderEmbeddingGenerator AsIEmbeddingGenerator(this TextEncoder encoder, Prompt? defaultPrompt = null, string? modelId = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        TextEncoderEmbeddingGeneratorOptions own = OptionsFor(encoder);
        return new TextEncoderEmbeddingGenerator(encoder, own with { DefaultPrompt = defaultPrompt ?? Prompt.Document, ModelId = modelId ?? own.ModelId });
    }

    /// <summary>A view of <paramref name="generator"/> whose calls use <paramref name="prompt"/> unless they name another.</summary>
    /// <remarks>
    /// <para>Decorators belong below the view, so that queries and documents share them: it writes prompt, model, revision and dimensions into each
    /// call's options, and a cache in between keys on those. Two caches over one store would otherwise mistake a document's vector for that of a query with the same text.</para>
    /// <para>Disposing the view leaves <paramref name="generator"/> open.</para>
    /// <code>
    /// var shared = encoder.AsIEmbeddingGenerator().AsBuilder().UseOpenTelemetry().UseDistributedCache(cache).Build();
    /// var queries = shared.WithPrompt(Prompt.Query);
    /// var documents = shared.WithPrompt(Prompt.Document);
    /// </code>
    /// </remarks>
    /// <exception cref="ArgumentException">No <see cref="TextEncoderEmbeddingGenerator"/> is at the end of <paramref name="generator"/>'s
    /// decorators.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> WithPrompt(this IEmbeddingGenerator<string, Embedding<float>> generator, Prompt prompt)
    {
        ArgumentNullException.ThrowIfNull(generator);
        TextEncoderEmbeddingGenerator source = generator.GetService<TextEncoderEmbeddingGenerator>()
            ?? throw new ArgumentException(
                $"{generator.GetType().Name} does not lead to a {nameof(TextEncoderEmbeddingGenerator)}; other generators have no prompts.", nameof(generator));
        return new PromptingEmbeddingGenerator(generator, source, prompt);
    }

    internal static TextEncoderEmbeddingGeneratorOptions OptionsFor(TextEncoder encoder)
    {
        string hash = encoder.Model.ContentHash[..RevisionDigits];
        return new()
        {
            ModelId = encoder.Model.Name,
            ModelRevision = encoder.Precision == Graph.Precision.F32 ? hash : $"{hash}+{encoder.Precision.ToString().ToLowerInvariant()}",
        };
    }
}
