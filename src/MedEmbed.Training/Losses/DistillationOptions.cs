using MedEmbed.Vectors;

namespace MedEmbed.Training.Losses;

/// <summary>How scores become distributions in <see cref="KlDistillationLoss"/> and <see cref="BatchKlDistillationLoss"/>. Immutable; each value is checked when it is set.</summary>
public sealed record DistillationOptions
{
    /// <summary>What the student's similarities are divided by, above 0. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or not above 0.</exception>
    public double StudentTemperature { get; init => field = OptionRange.Positive(value); } = 1;

    /// <summary>What the teacher's scores are divided by, above 0. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or not above 0.</exception>
    public double TeacherTemperature { get; init => field = OptionRange.Positive(value); } = 1;

    /// <summary>Whether the divergence is multiplied by the student's temperature squared, which keeps gradients of one size when the temperature changes (Hinton et al. 2015). Default true.</summary>
    /// <remarks>Beside a loss that has no such factor, as InfoNCE, a small temperature then makes the divergence vanish: 0.02 divides it by 2,500.</remarks>
    public bool ScalesBySquaredTemperature { get; init; } = true;

    /// <summary>How the student's vectors are compared: cosine or inner product. Default inner product.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Euclidean, which has no softmax form here.</exception>
    public Similarity Similarity { get; init => field = SoftmaxSimilarity.Require(value); } = Similarity.Dot;
}
