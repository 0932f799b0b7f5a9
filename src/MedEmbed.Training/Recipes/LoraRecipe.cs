namespace MedEmbed.Training.Recipes;

/// <summary>Low-rank adapters to train instead of the model's own parameters.</summary>
public sealed record LoraRecipe
{
    /// <summary>Rank.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>Scale: the addition is multiplied by alpha / rank.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Linear layers by the end of their names.</summary>
    public IReadOnlyList<string> Targets { get; init; } = ["query", "value"];
}
