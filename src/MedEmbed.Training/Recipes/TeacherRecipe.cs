namespace MedEmbed.Training.Recipes;

/// <summary>One of the teachers whose weighted sum of standardised scores is distilled.</summary>
public sealed record TeacherRecipe
{
    /// <summary>A model folder or name, or <c>bm25</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Its share in the sum.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Its prompt for queries: a name among its prompts, <c>none</c>, or null for its own for queries.</summary>
    public string? QueryPrompt { get; init; }

    /// <summary>Tokens of a text that it sees, prompt included; null for as many as it can.</summary>
    public int? MaxLength { get; init; }
}
