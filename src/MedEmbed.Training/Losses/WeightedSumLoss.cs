using MedEmbed.Training.Libtorch;
using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>Several losses of one batch, Σ_k w_k · L_k, such as InfoNCE and a distillation.</summary>
public sealed class WeightedSumLoss : ITrainingLoss
{
    private readonly WeightedLoss[] _losses;

    /// <summary>Makes the sum of <paramref name="losses"/>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public WeightedSumLoss(params IReadOnlyList<WeightedLoss> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.Count == 0)
            throw new ArgumentException("A sum of losses needs at least one.", nameof(losses));
        _losses = [.. losses];
    }

    /// <inheritdoc/>
    public LossNeeds Needs => _losses.Aggregate(LossNeeds.None, (needs, weighted) => needs | weighted.Loss.Needs);

    /// <inheritdoc/>
    public Tensor Compute(EmbeddedBatch batch)
    {
        BatchShapes.Require(batch, Needs);
        return _losses.Select(weighted => weighted.Loss.Compute(batch).Times(weighted.Weight)).Aggregate((sum, term) => sum.Plus(term));
    }
}
