using MedEmbed.Encoding;

namespace MedEmbed.Tests.Encoding;

internal static class GoldenEmbeddingPrompt
{
    extension(GoldenEmbedding golden)
    {
        public Prompt Prompt => golden.PromptName is null ? Prompt.None : Prompt.Named(golden.PromptName);
    }
}
