using System.Text.Json;
using MedEmbed.Encoding;

namespace MedEmbed.Models;

/// <summary>Prompts of a model's folder: text that stands before each text of a call.</summary>
/// <param name="ByName">Prompts by name; an empty one is a prompt too.</param>
/// <param name="DefaultName">The prompt used where a role's own is missing.</param>
public sealed record ModelPrompts(IReadOnlyDictionary<string, string> ByName, string? DefaultName)
{
    /// <summary>No prompts.</summary>
    public static ModelPrompts None { get; } = new(new Dictionary<string, string>(), null);

    /// <summary>The text of the prompt that a call asks for; empty for none.</summary>
    /// <exception cref="ArgumentException">The prompt is asked for by a name the model does not have.</exception>
    public string TextOf(Prompt prompt) => NameOf(prompt) is { } name ? ByName[name] : "";

    /// <summary>The name of the prompt that a call gets, null where it gets none.</summary>
    /// <exception cref="ArgumentException">The prompt is asked for by a name the model does not have.</exception>
    public string? NameOf(Prompt prompt) => prompt.Kind switch
    {
        PromptKind.None => null,
        PromptKind.Role when ByName.ContainsKey(prompt.Name!) => prompt.Name,
        PromptKind.Role => DefaultName,
        _ when ByName.ContainsKey(prompt.Name!) => prompt.Name,
        _ => throw new ArgumentException($"The model has no prompt \"{prompt.Name}\"; {Available()}", nameof(prompt)),
    };

    internal static ModelPrompts Read(string path)
    {
        if (JsonFile.ReadIfThere(path) is not { } json)
            return None;
        var prompts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (json.TryGet("prompts", out JsonElement value))
        {
            if (value.ValueKind != JsonValueKind.Object)
                throw json.Wrong("prompts", value, "an object of strings");
            foreach (JsonProperty prompt in value.EnumerateObject())
                prompts[prompt.Name] = prompt.Value.ValueKind == JsonValueKind.String ? prompt.Value.GetString()! : throw json.Wrong("prompts", value, "an object of strings");
        }

        string? defaultName = json.TextOrNull("default_prompt_name");
        if (defaultName is not null && !prompts.ContainsKey(defaultName))
            throw new ModelFormatException(path, $"field \"default_prompt_name\" is \"{defaultName}\", which is not among \"prompts\".");
        return new ModelPrompts(prompts, defaultName);
    }

    private string Available() => ByName.Count == 0 ? "it has none. Pass --no-prompt." : $"it has {string.Join(", ", ByName.Keys)}.";
}
