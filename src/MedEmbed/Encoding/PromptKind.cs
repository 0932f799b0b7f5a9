namespace MedEmbed.Encoding;

/// <summary>How a prompt is found in a model's folder.</summary>
public enum PromptKind
{
    /// <summary>No prompt.</summary>
    None,

    /// <summary>By role, falling back to the model's default prompt, then to none.</summary>
    Role,

    /// <summary>By name; an error where the model has no prompt of that name.</summary>
    Named,
}
