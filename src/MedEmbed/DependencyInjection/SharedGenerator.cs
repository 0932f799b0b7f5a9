using MedEmbed.EmbeddingGenerators;
using MedEmbed.Encoding;
using Microsoft.Extensions.AI;

namespace MedEmbed.DependencyInjection;

/// <summary>The one decorated generator below those of all roles. The container disposes it, and with it the decorators.</summary>
internal sealed class SharedGenerator(IEmbeddingGenerator<string, Embedding<float>> generator) : IDisposable
{
    public IEmbeddingGenerator<string, Embedding<float>> For(Prompt prompt) => generator.WithPrompt(prompt);

    public void Dispose() => generator.Dispose();
}
