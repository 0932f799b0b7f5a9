using MedEmbed.Training.Libtorch;
using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>Matryoshka representation learning (Kusupati et al. 2022): another loss on vectors cut to several lengths, so that the first numbers of a vector are a vector of use.</summary>
/// <remarks>Σ_k w_k · L(vectors cut to their first d_k numbers). Vectors of queries, positives and negatives are cut; a guide's vectors and a teacher's scores are not.</remarks>
public sealed class MatryoshkaLoss : ITrainingLoss
{
    private readonly ITrainingLoss _loss;
    private readonly MatryoshkaOptions _options;

    /// <summary>Makes the loss over <paramref name="loss"/>.</summary>
    public MatryoshkaLoss(ITrainingLoss loss, MatryoshkaOptions options)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(options);
        (_loss, _options) = (loss, options);
    }

    /// <inheritdoc/>
    public LossNeeds Needs => _loss.Needs;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A dimension is more than the vectors have, or the inner loss refuses the batch.</exception>
    public Tensor Compute(EmbeddedBatch batch)
    {
        BatchShapes.Require(batch, Needs);
        long full = batch.Queries.shape[1];
        if (_options.Dimensions.Max() > full)
            throw new ArgumentException($"Matryoshka is to cut vectors to {_options.Dimensions.Max()} dimensions, but they have {full}. Use dimensions of at most {full}.", nameof(batch));
        return _options.Dimensions.Zip(_options.Weights, (dimensions, weight) => _loss.Compute(Cut(batch, dimensions)).Times(weight)).Aggregate((sum, term) => sum.Plus(term));
    }

    private EmbeddedBatch Cut(EmbeddedBatch batch, int dimensions) => batch with
    {
        Queries = Cut(batch.Queries, dimensions),
        Positives = Cut(batch.Positives, dimensions),
        Negatives = [.. batch.Negatives.Select(negatives => Cut(negatives, dimensions))],
    };

    private Tensor Cut(Tensor vectors, int dimensions)
    {
        if (dimensions == vectors.shape[1])
            return vectors;
        Tensor cut = vectors.narrow(1, 0, dimensions);
        return _options.Renormalize ? nn.functional.normalize(cut, p: 2, dim: -1) : cut;
    }
}
