using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MedEmbed.Training.Recipes;

namespace MedEmbed.Training.Runs;

/// <summary>A JSONL file that a run adds lines to, and a resumed run takes back to where it begins again.</summary>
internal sealed class RunLog<T>(string path, Func<T, int> stepOf)
{
    private static readonly JsonSerializerOptions OneLine = new(RecipeJson.Options) { WriteIndented = false, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>Adds a line and hands it to the system, so that whoever follows the file sees it.</summary>
    public void Add(T line) => File.AppendAllText(path, JsonSerializer.Serialize(line, OneLine) + "\n");

    /// <summary>Leaves out the lines of steps after <paramref name="step"/>, and a last one that a kill has cut off.</summary>
    public void CutAfter(int step)
    {
        T[] kept = [.. Read().Where(line => stepOf(line) <= step)];
        File.WriteAllLines(path, kept.Select(line => JsonSerializer.Serialize(line, OneLine)));
    }

    /// <summary>The whole lines of the file.</summary>
    public IReadOnlyList<T> Read()
    {
        if (!File.Exists(path))
            return [];
        var lines = new List<T>();
        foreach (string line in File.ReadLines(path))
        {
            try
            {
                lines.Add(JsonSerializer.Deserialize<T>(line, OneLine)!);
            }
            catch (JsonException)
            {
                break;
            }
        }

        return lines;
    }
}
