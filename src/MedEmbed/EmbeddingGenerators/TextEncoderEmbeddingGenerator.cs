using MedEmbed.Encoding;
using Microsoft.Extensions.AI;

namespace MedEmbed.EmbeddingGenerators;

/// <summary>An <see cref="ITextEncoder"/> as the embedding generator that <c>Microsoft.Extensions.AI</c> and what builds on it expect.</summary>
/// <remarks>
/// <para>Thread-safe as far as the encoder is, which <see cref="TextEncoder"/> is. The encoder stays the caller's: disposing the generator leaves it open, so
/// several generators may share one.</para>
/// <para>A call's prompt is that of its options (<see cref="PromptOptions"/>), else <see cref="TextEncoderEmbeddingGeneratorOptions.DefaultPrompt"/>.
/// Queries and documents need different prompts with most retrieval models; <see cref="PromptedGenerators.WithPrompt"/> makes a generator for each.</para>
/// <para><see cref="GetService"/> gives the <see cref="EmbeddingGeneratorMetadata"/>, the encoder by any of its types, and this generator.</para>
/// </remarks>
public sealed class TextEncoderEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The provider's name in metadata and telemetry.</summary>
    public const string ProviderName = "medembed";

    /// <summary>The count of <see cref="UsageDetails.AdditionalCounts"/> that tells how many texts lost their end.</summary>
    public const string TruncatedCount = "truncated_texts";

    private readonly ITextEncoder _encoder;
    private readonly TextEncoderEmbeddingGeneratorOptions _options;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>A generator over <paramref name="encoder"/>, which the caller keeps and disposes.</summary>
    /// <exception cref="ArgumentException">The model has no name, or the dimensions are more than the encoder's.</exception>
    public TextEncoderEmbeddingGenerator(ITextEncoder encoder, TextEncoderEmbeddingGeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(encoder.Dimensions);
        (_encoder, _options) = (encoder, options);
        _metadata = new EmbeddingGeneratorMetadata(ProviderName, providerUri: null, options.ModelId, options.Dimensions ?? encoder.Dimensions);
    }

    /// <summary>Encodes <paramref name="values"/>, in their order.</summary>
    /// <param name="values">Texts; an empty one is encoded as the model's special tokens.</param>
    /// <param name="options">Dimensions, prompt, and the model's name as a check; other additional properties are left alone.</param>
    /// <param name="cancellationToken">Ends the call between batches.</param>
    /// <returns>A vector a text, and the tokens computed (<see cref="TruncatedCount"/> texts were cut). The vectors of one call share one block of memory,
    /// which lives as long as any of them.</returns>
    /// <exception cref="ArgumentException">A text is null, the model lacks the named prompt or is not the one asked for, or the dimensions are more
    /// than the model's.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        CheckModel(options);
        var encodeOptions = new EncodeOptions
        {
            Prompt = options.RequestedPrompt() ?? _options.DefaultPrompt,
            Dimensions = options?.Dimensions ?? _options.Dimensions,
        };
        IReadOnlyList<string> texts = values as IReadOnlyList<string> ?? [.. values];
        Encoded encoded = await _encoder.EncodeAsync(texts, encodeOptions, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(encoded.Vectors.Rows) { Usage = UsageOf(encoded.Report) };
        for (int row = 0; row < encoded.Vectors.Rows; row++)
            embeddings.Add(new Embedding<float>(encoded.Vectors.Row(row)) { ModelId = _options.ModelId, CreatedAt = now });
        return embeddings;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata))
            return _metadata;
        return serviceType.IsInstanceOfType(this) ? this : serviceType.IsInstanceOfType(_encoder) ? _encoder : null;
    }

    /// <summary>Does nothing: the encoder stays the caller's.</summary>
    public void Dispose()
    {
    }

    /// <summary><paramref name="options"/> with model, revision, dimensions and prompt written out, so that whatever reads them (a cache's key) tells
    /// apart all that
    /// this generator would compute differently.</summary>
    internal EmbeddingGenerationOptions WrittenOut(EmbeddingGenerationOptions? options, Prompt prompt)
    {
        EmbeddingGenerationOptions complete = options.RequestedPrompt() is null ? options.WithPrompt(prompt) : options!.Clone();
        complete.ModelId ??= _options.ModelId;
        complete.Dimensions ??= _metadata.DefaultModelDimensions;
        if (_options.ModelRevision is { } revision)
            (complete.AdditionalProperties ??= []).TryAdd(PromptOptions.RevisionKey, revision);
        return complete;
    }

    private static UsageDetails UsageOf(EncodeReport report) => new()
    {
        InputTokenCount = report.Tokens,
        TotalTokenCount = report.Tokens,
        AdditionalCounts = new AdditionalPropertiesDictionary<long> { [TruncatedCount] = report.Truncated },
    };

    private void CheckModel(EmbeddingGenerationOptions? options)
    {
        if (options?.ModelId is { } model && model != _options.ModelId)
        {
            throw new ArgumentException(
                $"This generator runs \"{_options.ModelId}\", not \"{model}\". Leave ModelId out, or use a generator over that model.", nameof(options));
        }

        if (options.TextOf(PromptOptions.RevisionKey) is { } revision && revision != _options.ModelRevision)
        {
            throw new ArgumentException(
                $"This generator runs revision \"{_options.ModelRevision}\" of \"{_options.ModelId}\", not \"{revision}\". "
                + $"Leave \"{PromptOptions.RevisionKey}\" out, or open that revision.",
                nameof(options));
        }
    }
}
