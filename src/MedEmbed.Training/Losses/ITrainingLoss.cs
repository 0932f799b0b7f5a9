using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>A scalar to be made small, computed from a batch's vectors.</summary>
/// <remarks>Without state, and thread-safe. A loss knows nothing of the encoder: gradients reach the vectors, and the trainer takes them further.</remarks>
public interface ITrainingLoss
{
    /// <summary>What a batch must carry for this loss.</summary>
    LossNeeds Needs { get; }

    /// <summary>The loss, a scalar whose gradient reaches the vectors of <paramref name="batch"/>.</summary>
    /// <exception cref="ArgumentException">The batch lacks what <see cref="Needs"/> names, or its tensors' sizes do not fit each other.</exception>
    Tensor Compute(EmbeddedBatch batch);
}
