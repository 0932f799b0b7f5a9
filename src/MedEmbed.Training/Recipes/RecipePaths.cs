using System.Text.Json.Nodes;

namespace MedEmbed.Training.Recipes;

/// <summary>Makes a recipe file's relative paths start at its own folder.</summary>
internal static class RecipePaths
{
    public static void Root(JsonObject recipe, string folder)
    {
        foreach (string key in (string[])["output", "benchmarks"])
            Root(recipe, key, folder);
        foreach (JsonObject data in (recipe["data"] as JsonArray ?? []).OfType<JsonObject>())
            Root(data, "path", folder);
        if (recipe["development"] is JsonObject development)
            Root(development, "path", folder);
    }

    private static void Root(JsonObject owner, string key, string folder)
    {
        if (owner[key] is JsonValue value && value.TryGetValue(out string? path) && path.Length > 0)
            owner[key] = Path.GetFullPath(path, folder);
    }
}
