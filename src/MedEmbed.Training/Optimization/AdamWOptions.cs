namespace MedEmbed.Training.Optimization;

/// <summary>Constants of <see cref="AdamW"/>, by default PyTorch's. Immutable; each value is checked when it is set.</summary>
public sealed record AdamWOptions
{
    /// <summary>Decay of the mean of gradients, at least 0 and below 1. Default 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside its range.</exception>
    public double Beta1 { get; init => field = OptionRange.Decay(value); } = 0.9;

    /// <summary>Decay of the mean of squared gradients, at least 0 and below 1. Default 0.999.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside its range.</exception>
    public double Beta2 { get; init => field = OptionRange.Decay(value); } = 0.999;

    /// <summary>What is added to the root of the mean of squared gradients, above 0. Default 1e-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or not above 0.</exception>
    public double Epsilon { get; init => field = OptionRange.Positive(value); } = 1e-8;

    /// <summary>The part of a weight that a step with learning rate 1 takes away, at least 0. Default 0.01.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or below 0.</exception>
    public double WeightDecay { get; init => field = OptionRange.NotNegative(value); } = 0.01;
}
