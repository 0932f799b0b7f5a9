using System.Text.Json;
using MedEmbed.Encoding;
using Microsoft.Extensions.AI;

namespace MedEmbed.EmbeddingGenerators;

/// <summary>Prompts in <see cref="EmbeddingGenerationOptions.AdditionalProperties"/>, as plain strings, which decorators can log, compare and put
/// into cache keys.</summary>
/// <remarks>Either <c>role</c> (<c>query</c>, <c>document</c>, or <c>none</c> for no prompt at all), or <c>prompt</c> with the name of one of the
/// model's prompts.</remarks>
public static class PromptOptions
{
    /// <summary>The property that names a role: <c>query</c>, <c>document</c> or <c>none</c>.</summary>
    public const string RoleKey = "role";

    /// <summary>The property that names one of the model's prompts.</summary>
    public const string PromptKey = "prompt";

    /// <summary>The property that names the model's revision.</summary>
    internal const string RevisionKey = "model_revision";

    private const string NoPrompt = "none";

    /// <summary>A copy of the options (new ones for null) that asks for <paramref name="prompt"/>, whatever they asked for before.</summary>
    public static EmbeddingGenerationOptions WithPrompt(this EmbeddingGenerationOptions? options, Prompt prompt)
    {
        EmbeddingGenerationOptions copy = options?.Clone() ?? new EmbeddingGenerationOptions();
        AdditionalPropertiesDictionary properties = copy.AdditionalProperties ??= [];
        properties.Remove(RoleKey);
        properties.Remove(PromptKey);
        (string key, string value) = prompt.Kind switch
        {
            PromptKind.None => (RoleKey, NoPrompt),
            PromptKind.Role => (RoleKey, prompt.Name!),
            _ => (PromptKey, prompt.Name!),
        };
        properties[key] = value;
        return copy;
    }

    /// <summary>The prompt that the options ask for; null where they leave it to the generator.</summary>
    /// <exception cref="ArgumentException">They name an unknown role, both a role and a prompt, or something that is not a string.</exception>
    public static Prompt? RequestedPrompt(this EmbeddingGenerationOptions? options)
    {
        string? role = options.TextOf(RoleKey);
        string? name = options.TextOf(PromptKey);
        if (role is not null && name is not null)
            throw new ArgumentException($"The options name both a role (\"{role}\") and a prompt (\"{name}\"); leave one out.", nameof(options));
        if (name is not null)
            return Prompt.Named(name);
        return role switch
        {
            null => null,
            "query" => Prompt.Query,
            "document" => Prompt.Document,
            NoPrompt => Prompt.None,
            _ => throw new ArgumentException(
                $"The role must be query, document or none, not \"{role}\". A prompt of the model's own is named by \"{PromptKey}\".", nameof(options)),
        };
    }

    /// <summary>A property that is a string, also one that came out of JSON; null where it is absent or null.</summary>
    internal static string? TextOf(this EmbeddingGenerationOptions? options, string key)
    {
        object? value = null;
        options?.AdditionalProperties?.TryGetValue(key, out value);
        return value switch
        {
            null or JsonElement { ValueKind: JsonValueKind.Null } => null,
            string { Length: > 0 } text => text,
            JsonElement { ValueKind: JsonValueKind.String } json when json.GetString() is { Length: > 0 } text => text,
            _ => throw new ArgumentException($"The additional property \"{key}\" must be a string with at least one character.", nameof(options)),
        };
    }
}
