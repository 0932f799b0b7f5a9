namespace MedEmbed.Encoding;

/// <summary>Which of a model's prompts a call uses. Prompts are part of the model's folder; this only names one.</summary>
public readonly record struct Prompt
{
    private Prompt(PromptKind kind, string? name) => (Kind, Name) = (kind, name);

    /// <summary>The prompt for search queries; where the model has none, its default prompt; where it has no default either, none.</summary>
    public static Prompt Query { get; } = new(PromptKind.Role, "query");

    /// <summary>The prompt for documents; where the model has none, its default prompt; where it has no default either, none.</summary>
    public static Prompt Document { get; } = new(PromptKind.Role, "document");

    /// <summary>No prompt, whatever the model's default is.</summary>
    public static Prompt None { get; } = new(PromptKind.None, null);

    /// <summary>How the prompt is found.</summary>
    public PromptKind Kind { get; }

    /// <summary>The role or the name, null for no prompt.</summary>
    public string? Name { get; }

    /// <summary>The model's prompt of that name, which it must have.</summary>
    public static Prompt Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(PromptKind.Named, name);
    }

    /// <inheritdoc/>
    public override string ToString() => Kind == PromptKind.None ? "none" : Name ?? "none";
}
