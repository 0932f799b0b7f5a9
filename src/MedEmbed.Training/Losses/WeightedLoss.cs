namespace MedEmbed.Training.Losses;

/// <summary>A loss and its weight in a sum.</summary>
public sealed record WeightedLoss
{
    /// <param name="loss">The loss.</param>
    /// <param name="weight">Its weight, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not finite, or not above 0.</exception>
    public WeightedLoss(ITrainingLoss loss, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(loss);
        (Loss, Weight) = (loss, OptionRange.Positive(weight, nameof(weight)));
    }

    /// <summary>The loss.</summary>
    public ITrainingLoss Loss { get; }

    /// <summary>Its weight, above 0.</summary>
    public double Weight { get; }
}
