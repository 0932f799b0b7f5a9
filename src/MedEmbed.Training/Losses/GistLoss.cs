using MedEmbed.Training.Libtorch;
using MedEmbed.Vectors;
using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>GISTEmbed (Solatorio 2024): InfoNCE without the candidates that a guide model holds for better answers than the positive.</summary>
/// <remarks>Candidates of pair i, each compared by cosine over the temperature: all positives with query i, all queries with query i, all positives with positive i,
/// all negatives with query i; or positives and negatives alone. A candidate is left out where the guide's cosine of the same two texts is greater than t_i:
/// with g_i the guide's cosine of query i and positive i, t_i = g_i − margin (absolute) or g_i − |g_i|·margin (relative). The pair itself always stays; known positives
/// leave too. The loss is the mean over i of the cross-entropy with the own positive. No gradient reaches the guide.</remarks>
public sealed class GistLoss(GistOptions? options = null) : ITrainingLoss
{
    private readonly GistOptions _options = options ?? new GistOptions();

    /// <inheritdoc/>
    public LossNeeds Needs => LossNeeds.Guide;

    /// <inheritdoc/>
    public Tensor Compute(EmbeddedBatch batch)
    {
        BatchShapes.Require(batch, Needs);
        long size = batch.Size;
        Tensor scores = Candidates(batch).DividedBy(_options.Temperature);
        Tensor excluded = LeftOutByGuide(batch.Guide!).logical_or(Known(batch));
        Tensor ownPositive = eye(size, scores.shape[1], ScalarType.Bool, scores.device);
        Tensor filtered = scores.Masked(excluded.logical_and(ownPositive.logical_not()), double.NegativeInfinity);
        return nn.functional.cross_entropy(filtered, TensorArithmetic.Range(0, size, ScalarType.Int64, scores.device));
    }

    private Tensor LeftOutByGuide(EmbeddedBatch guide)
    {
        using IDisposable _ = no_grad();
        Tensor cosines = Candidates(guide);
        Tensor own = cosines.diagonal().unsqueeze(1);
        Tensor margin = _options.MarginKind == GistMargin.Relative ? own.abs().Times(_options.Margin) : zeros_like(own).Plus(_options.Margin);
        return cosines > own - margin;
    }

    /// <summary>Cosines of all candidates: documents with queries first, so that the own positive of pair i stands in column i.</summary>
    private Tensor Candidates(EmbeddedBatch batch)
    {
        Tensor queries = Similarities.Prepare(batch.Queries, Similarity.Cosine);
        Tensor documents = Similarities.Prepare(batch.Documents(), Similarity.Cosine);
        Tensor withDocuments = Similarities.OfAll(queries, documents);
        if (_options.Candidates == GistCandidates.QueriesToDocuments)
            return withDocuments;
        Tensor positives = documents.narrow(0, 0, batch.Size);
        return cat([withDocuments, Similarities.OfAll(queries, queries), Similarities.OfAll(positives, positives)], dim: 1);
    }

    private Tensor Known(EmbeddedBatch batch)
    {
        FalseNegatives known = FalseNegatives.Of(batch);
        return _options.Candidates == GistCandidates.QueriesToDocuments
            ? known.QueryDocument
            : cat([known.QueryDocument, known.SameAnswer, known.SameAnswer], dim: 1);
    }
}
