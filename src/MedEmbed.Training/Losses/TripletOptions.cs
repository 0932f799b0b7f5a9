using MedEmbed.Vectors;

namespace MedEmbed.Training.Losses;

/// <summary>How <see cref="TripletLoss"/> compares. Immutable; each value is checked when it is set.</summary>
public sealed record TripletOptions
{
    /// <summary>How vectors are compared: by cosine, inner product or Euclidean distance. Default cosine.</summary>
    public Similarity Similarity { get; init => field = OptionRange.Defined(value); } = Similarity.Cosine;

    /// <summary>By how much a positive shall be nearer than a negative, at least 0, in the unit of the distance: 0 to 2 is of use for cosine. Default 0.3;
    /// sentence-transformers takes 5 for Euclidean distance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or below 0.</exception>
    public double Margin { get; init => field = OptionRange.NotNegative(value); } = 0.3;
}
