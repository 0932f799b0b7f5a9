using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedEmbed.Training.Recipes;

/// <summary>Reads recipes.</summary>
public static class RecipeReader
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    /// <summary>Where a value is a string instead of an object, the key that it stands for.</summary>
    private static readonly Dictionary<string, string> Shorthands = new(StringComparer.Ordinal)
    {
        ["data"] = "path",
        ["losses"] = "loss",
        ["development"] = "path",
        ["teachers"] = "model",
    };

    private static readonly string[] Lists = ["data", "losses", "teachers", "freeze"];

    /// <summary>Reads a recipe; paths in it are taken from its own folder.</summary>
    /// <param name="path">The file, JSON; null: the defaults alone.</param>
    /// <param name="overrides">Keys that stand above the file's; paths are taken from the current folder.</param>
    /// <exception cref="RecipeException">The file is no JSON object, has an unknown key, or a value of the wrong kind.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrainingRecipe Read(string? path, IReadOnlyDictionary<string, JsonNode?> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var recipe = new JsonObject();
        string source = path ?? "the command line";
        if (path is not null)
        {
            recipe = ReadObject(path);
            Expand(recipe);
            RecipePaths.Root(recipe, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        }

        var above = new JsonObject();
        foreach ((string key, JsonNode? value) in overrides)
            above[key] = value?.DeepClone();
        Expand(above);
        foreach ((string key, JsonNode? value) in above)
            recipe[key] = value?.DeepClone();
        try
        {
            TrainingRecipe read = recipe.Deserialize<TrainingRecipe>(RecipeJson.Options)!;
            RecipeRules.Check(read, source);
            return read;
        }
        catch (JsonException error)
        {
            throw new RecipeException($"{source}: {Explain(error)}", error);
        }
    }

    private static JsonObject ReadObject(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: Lenient) as JsonObject
                ?? throw new RecipeException($"{path}: is no JSON object; a recipe is {{\"model\": …, \"data\": […], …}}.");
        }
        catch (JsonException error)
        {
            throw new RecipeException($"{path}:{error.LineNumber + 1}: is not valid JSON ({error.Message.Split(" Path:")[0]}).", error);
        }
    }

    private static void Expand(JsonObject recipe)
    {
        foreach (string key in Lists)
        {
            if (recipe[key] is { } single and not JsonArray)
            {
                recipe.Remove(key);
                recipe[key] = new JsonArray(single.DeepClone());
            }
        }

        ExpandShorthands(recipe);
        foreach (JsonObject data in (recipe["data"] as JsonArray ?? []).OfType<JsonObject>())
            ExpandShorthands(data);
    }

    private static void ExpandShorthands(JsonObject recipe)
    {
        foreach ((string key, string field) in Shorthands)
        {
            if (recipe[key] is JsonArray list)
            {
                for (int i = 0; i < list.Count; i++)
                {
                    if (Text(list[i]) is { } text)
                        list[i] = new JsonObject { [field] = text };
                }
            }
            else if (Text(recipe[key]) is { } text)
            {
                recipe[key] = new JsonObject { [field] = text };
            }
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static string Explain(JsonException error)
    {
        string key = (error.Path ?? "$").TrimStart('$').TrimStart('.');
        string what = error.Message.Split(" Path:")[0].Split(" LineNumber:")[0];
        return what.Contains("could not be mapped", StringComparison.Ordinal)
            ? $"there is no key \"{key}\"; \"medembed train --help\" lists all."
            : $"\"{key}\" has a value of the wrong kind or out of its list ({what}).";
    }
}
