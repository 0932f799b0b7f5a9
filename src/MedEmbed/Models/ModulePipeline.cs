using System.Text.Json;

namespace MedEmbed.Models;

/// <summary>Reads <c>modules.json</c>: which steps follow the transformer, and where the transformer's own files lie.</summary>
internal static class ModulePipeline
{
    public static (string TransformerFolder, IReadOnlyList<(string Kind, string Folder)> Steps)? Read(string folder)
    {
        string path = Path.Combine(folder, "modules.json");
        if (!File.Exists(path))
            return null;

        // In the file's order, whatever "idx" says: so does sentence-transformers.
        JsonElement[] entries = [.. JsonFile.Read(path, JsonValueKind.Array).Root.EnumerateArray()];
        var steps = new List<(string Kind, string Folder)>();
        string? transformer = null;
        foreach (JsonElement entry in entries)
        {
            string type = Text(path, entry, "type");
            string kind = type[(type.LastIndexOf('.') + 1)..];
            string place = SafePath(path, folder, Text(path, entry, "path"));
            if (kind == "Transformer" && transformer is null && steps.Count == 0)
                transformer = place;
            else if (kind is "Pooling" or "Dense" or "Normalize")
                steps.Add((kind, place));
            else
                throw new ModelFormatException(path, $"module \"{type}\" is not known; Transformer (first), Pooling, Dense and Normalize are.");
        }

        return transformer is null
            ? throw new ModelFormatException(path, "names no Transformer as its first module.")
            : (transformer, steps);
    }

    private static string Text(string path, JsonElement entry, string field) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new ModelFormatException(path, $"has an entry without a string \"{field}\".");

    private static string SafePath(string file, string folder, string relative)
    {
        if (Path.IsPathRooted(relative) || relative.Contains('\\', StringComparison.Ordinal) || relative.Contains(':', StringComparison.Ordinal) || relative.Split('/').Contains(".."))
            throw new ModelFormatException(file, $"field \"path\" is \"{relative}\"; a module's path must be relative and stay inside the model folder.");
        return relative.Length == 0 ? folder : Path.Combine(folder, relative);
    }
}
