using System.Text.Json;

namespace MedEmbed.Cli.Tests.Mining;

/// <summary>Made-up pairs as a file.</summary>
internal static class PairLines
{
    public static string Write(string path, int pairs, int seed = 1)
    {
        var random = new Random(seed);
        File.WriteAllLines(path, Enumerable.Range(0, pairs).Select(i =>
        {
            string[] words = [.. Enumerable.Range(0, 10).Select(_ => $"word{random.Next(400)}")];
            return JsonSerializer.Serialize(new { query_id = $"q{i}", query = $"{words[2]} {words[5]} {words[7]}", positive = $"{i} {string.Join(' ', words)}", note_id = $"n{i / 4}" });
        }));
        return path;
    }
}
