using MedEmbed.Vectors;

namespace MedEmbed.Retrieval;

/// <summary>The model whose vectors an index holds. Queries must be encoded by the same one.</summary>
public sealed record IndexModel
{
    /// <summary>Name or folder, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of the model's content; models are the same where their hashes are.</summary>
    public required string Hash { get; init; }

    /// <summary>Numbers a vector has in the index, after any truncation.</summary>
    public required int Dimensions { get; init; }

    /// <summary>How the model's vectors are compared.</summary>
    public required Similarity Similarity { get; init; }

    /// <summary>Name of the prompt for queries; null: none.</summary>
    public string? QueryPrompt { get; init; }

    /// <summary>Name of the prompt that stood before the documents; null: none.</summary>
    public string? DocumentPrompt { get; init; }

    /// <summary>The maximum length in tokens that was given in place of the model's own; null: the model's own.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether the model gives vectors of unit length.</summary>
    public bool Normalised { get; init; }
}
