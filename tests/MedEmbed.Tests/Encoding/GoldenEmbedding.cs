using System.Text.Json;
using MedEmbed.Encoding;

namespace MedEmbed.Tests.Encoding;

/// <summary>A text and the vector that sentence-transformers gives it.</summary>
internal sealed record GoldenEmbedding(string Model, string? PromptName, string Text, float[] Vector)
{
    public Prompt Prompt => PromptName is null ? Prompt.None : Prompt.Named(PromptName);

    public static IEnumerable<GoldenEmbedding> Read(string path)
    {
        foreach (string line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            yield return new GoldenEmbedding(
                root.GetProperty("model").GetString()!,
                root.GetProperty("prompt_name").GetString(),
                root.GetProperty("text").GetString()!,
                [.. root.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle())]);
        }
    }
}
