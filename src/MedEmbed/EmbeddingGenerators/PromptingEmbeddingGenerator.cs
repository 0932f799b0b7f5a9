using MedEmbed.Encoding;
using Microsoft.Extensions.AI;

namespace MedEmbed.EmbeddingGenerators;

/// <summary>Asks an inner generator for one prompt. The inner generator is shared and stays whoever's it is.</summary>
internal sealed class PromptingEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, TextEncoderEmbeddingGenerator source, Prompt prompt)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.GenerateAsync(values, source.WrittenOut(options, prompt), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : inner.GetService(serviceType, serviceKey);
    }

    public void Dispose()
    {
    }
}
