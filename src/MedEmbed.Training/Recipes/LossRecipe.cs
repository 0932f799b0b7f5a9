using System.Text.Json.Serialization;
using MedEmbed.Training.Losses;
using MedEmbed.Vectors;

namespace MedEmbed.Training.Recipes;

/// <summary>One term of a recipe's loss; keys that the loss does not have must be absent.</summary>
public sealed record LossRecipe
{
    /// <summary>Which loss.</summary>
    [JsonPropertyName("loss")]
    public required LossKind Kind { get; init; }

    /// <summary>What the term is multiplied by.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Temperature of a softmax over similarities (infonce, gist).</summary>
    public double? Temperature { get; init; }

    /// <summary>How vectors are compared (infonce, triplet, margin_mse, kl, batch_kl).</summary>
    public Similarity? Similarity { get; init; }

    /// <summary>Which way InfoNCE looks.</summary>
    public ContrastDirection? Direction { get; init; }

    /// <summary>InfoNCE leaves out negatives that the teachers score above this share of the positive's score.</summary>
    public double? TeacherRatio { get; init; }

    /// <summary>Margin (triplet, gist).</summary>
    public double? Margin { get; init; }

    /// <summary>Whether GIST's margin is absolute or relative.</summary>
    public GistMargin? MarginKind { get; init; }

    /// <summary>What GIST takes for candidates.</summary>
    public GistCandidates? Candidates { get; init; }

    /// <summary>Temperature of the model's scores (kl, batch_kl).</summary>
    public double? StudentTemperature { get; init; }

    /// <summary>Temperature of the teachers' scores (kl, batch_kl).</summary>
    public double? TeacherTemperature { get; init; }

    /// <summary>Dimensions that the loss is computed for as well (Matryoshka); null for the whole vectors alone.</summary>
    public IReadOnlyList<int>? MatryoshkaDimensions { get; init; }

    /// <summary>Weight of each of <see cref="MatryoshkaDimensions"/>; null: 1.</summary>
    public IReadOnlyList<double>? MatryoshkaWeights { get; init; }
}
