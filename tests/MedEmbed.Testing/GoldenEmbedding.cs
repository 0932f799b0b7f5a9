using System.Text.Json;

namespace MedEmbed.Testing;

/// <summary>A text and the vector that sentence-transformers gives it; <see cref="PromptName"/> is null where it was given none.</summary>
public sealed record GoldenEmbedding(string Model, string? PromptName, string Text, float[] Vector)
{
    /// <summary>Reads a file of <c>golden/embeddings</c>.</summary>
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
