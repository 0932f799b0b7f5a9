namespace MedEmbed.Vectors;

/// <summary>How two vectors are compared; a higher value is always the better match.</summary>
public enum Similarity
{
    /// <summary>Cosine of the angle, from -1 to 1.</summary>
    Cosine,

    /// <summary>Dot product.</summary>
    Dot,

    /// <summary>Negative Euclidean distance.</summary>
    Euclidean,
}
