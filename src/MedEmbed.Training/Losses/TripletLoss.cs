using MedEmbed.Training.Libtorch;
using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>Triplet loss (Schroff et al. 2015): a positive shall be nearer to its query than a negative, by a margin.</summary>
/// <remarks>mean over queries i and their negatives n of max(0, d(q_i, p_i) − d(q_i, n) + margin), with d = 1 − cosine, the negated inner product,
/// or the Euclidean distance as torch's <c>pairwise_distance</c> has it (1e-6 added to each component of the difference).
/// Negatives known to answer their query are left out of the mean.</remarks>
public sealed class TripletLoss(TripletOptions? options = null) : ITrainingLoss
{
    private readonly TripletOptions _options = options ?? new TripletOptions();

    /// <inheritdoc/>
    public LossNeeds Needs => LossNeeds.Negatives;

    /// <inheritdoc/>
    public Tensor Compute(EmbeddedBatch batch)
    {
        BatchShapes.Require(batch, Needs);
        Tensor scores = Similarities.OfOwnDocuments(batch, _options.Similarity);
        Tensor positive = scores.narrow(1, 0, 1);
        Tensor negatives = scores.narrow(1, 1, batch.Negatives.Count);
        Tensor violation = nn.functional.relu((negatives - positive).Plus(_options.Margin));
        Tensor kept = FalseNegatives.Of(batch).OwnNegatives().logical_not();
        return (violation * kept).sum() / kept.sum().AtLeast(1);
    }
}
