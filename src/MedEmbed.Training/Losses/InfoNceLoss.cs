using MedEmbed.Training.Libtorch;
using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>InfoNCE (van den Oord et al. 2018) over the documents of a batch, known as MultipleNegativesRankingLoss in sentence-transformers.</summary>
/// <remarks>With s the similarity over the temperature, q_i query i, p_i its positive and d any document of the batch:
/// <list type="bullet">
/// <item>queries to documents: mean over i of −log( exp s(q_i, p_i) / Σ_d exp s(q_i, d) );</item>
/// <item>symmetric: the mean of that and of −log( exp s(q_i, p_i) / Σ_j exp s(q_j, p_i) );</item>
/// <item>joint bidirectional, GTE's improved contrastive loss (Li et al. 2023): one softmax for each pair, whose denominator holds s(q_i, d) for every d,
/// s(q_i, q_j) for j ≠ i, s(q_j, p_i) for every j, and s(d, p_i) for every d but those of query i.</item>
/// </list>
/// Documents known to answer a query, and those that the teacher filter names, leave the sums; the pair itself never does.</remarks>
public sealed class InfoNceLoss(InfoNceOptions? options = null) : ITrainingLoss
{
    private readonly InfoNceOptions _options = options ?? new InfoNceOptions();

    /// <inheritdoc/>
    public LossNeeds Needs => _options.TeacherRatio is null ? LossNeeds.None : LossNeeds.TeacherBatchScores;

    /// <inheritdoc/>
    public Tensor Compute(EmbeddedBatch batch)
    {
        BatchShapes.Require(batch, Needs);
        FalseNegatives excluded = FalseNegatives.Of(batch, _options.TeacherRatio);
        Tensor queries = Similarities.Prepare(batch.Queries, _options.Similarity);
        Tensor documents = Similarities.Prepare(batch.Documents(), _options.Similarity);
        Tensor scores = Similarities.OfAll(queries, documents);
        return _options.Direction switch
        {
            ContrastDirection.QueriesToDocuments => Contrast(Masked(scores, excluded.QueryDocument)),
            ContrastDirection.Symmetric => Contrast(Masked(scores, excluded.QueryDocument)).Plus(Contrast(PositivesWithQueries(scores, excluded))).DividedBy(2),
            _ => Contrast(cat(
                [
                    Masked(scores, excluded.QueryDocument),
                    QueriesWithQueries(queries, excluded),
                    PositivesWithQueries(scores, excluded),
                    PositivesWithDocuments(documents, excluded),
                ], dim: 1)),
        };
    }

    private static Tensor PositivesWithQueries(Tensor scores, FalseNegatives excluded) =>
        Masked(scores.narrow(1, 0, scores.shape[0]).t(), excluded.PositiveQuery);

    private static Tensor QueriesWithQueries(Tensor queries, FalseNegatives excluded)
    {
        Tensor itself = eye(queries.shape[0], dtype: ScalarType.Bool, device: queries.device);
        return Masked(Similarities.OfAll(queries, queries), excluded.SameAnswer.logical_or(itself));
    }

    private static Tensor PositivesWithDocuments(Tensor documents, FalseNegatives excluded)
    {
        (long size, long columns) = (excluded.SameAnswer.shape[0], documents.shape[0] / excluded.SameAnswer.shape[0]);
        Tensor ownDocuments = eye(size, dtype: ScalarType.Bool, device: documents.device).repeat(1, columns);
        return Masked(Similarities.OfAll(documents.narrow(0, 0, size), documents), excluded.PositiveDocument.logical_or(ownDocuments));
    }

    private static Tensor Masked(Tensor scores, Tensor excluded) => scores.Masked(excluded, double.NegativeInfinity);

    /// <summary>Cross-entropy of each row with its own positive, which stands in column i of row i.</summary>
    private Tensor Contrast(Tensor scores) =>
        nn.functional.cross_entropy(scores.DividedBy(_options.Temperature), TensorArithmetic.Range(0, scores.shape[0], ScalarType.Int64, scores.device));
}
