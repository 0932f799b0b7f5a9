using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>Distillation of a teacher's distribution over all documents of the batch.</summary>
/// <remarks>As <see cref="KlDistillationLoss"/>, but t_i and s_i hold the scores of query i with every document of the batch, so that a query learns from all of them.
/// Documents known to answer a query beside its own positive leave both distributions: where judgments say what they are worth, the teacher's guess is not asked.</remarks>
public sealed class BatchKlDistillationLoss(DistillationOptions? options = null) : ITrainingLoss
{
    private readonly DistillationOptions _options = options ?? new DistillationOptions();

    /// <inheritdoc/>
    public LossNeeds Needs => LossNeeds.TeacherBatchScores;

    /// <inheritdoc/>
    public Tensor Compute(EmbeddedBatch batch)
    {
        BatchShapes.Require(batch, Needs);
        Tensor queries = Similarities.Prepare(batch.Queries, _options.Similarity);
        Tensor documents = Similarities.Prepare(batch.Documents(), _options.Similarity);
        Tensor? excluded = batch.KnownPositives is null ? null : FalseNegatives.Of(batch).QueryDocument;
        return KlDivergence.OfScores(Similarities.OfAll(queries, documents), batch.TeacherBatchScores!, _options, excluded);
    }
}
