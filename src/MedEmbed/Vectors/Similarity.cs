namespace MedEmbed.Vectors;

/// <summary>How two vectors are compared. Higher scores always mean more alike.</summary>
public enum Similarity
{
    /// <summary>Cosine of the angle, −1 to 1; 0 where a vector is all zeros.</summary>
    Cosine,

    /// <summary>Inner product.</summary>
    Dot,

    /// <summary>Euclidean distance, negated: 0 for equal vectors, below 0 otherwise.</summary>
    Euclidean,
}
