using System.Text.Json;

namespace MedEmbed.Benchmarks.Tokenization;

/// <summary>The texts of a BEIR corpus: title, a space, text.</summary>
internal static class Documents
{
    public static string[] Read(string path) => [.. File.ReadLines(path).Select(line => TextOf(JsonSerializer.Deserialize<JsonElement>(line)))];

    private static string TextOf(JsonElement document)
    {
        string text = document.GetProperty("text").GetString()!;
        return document.TryGetProperty("title", out JsonElement title) && title.GetString() is { Length: > 0 } heading ? $"{heading} {text}" : text;
    }
}
