using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>Distillation of a teacher's distribution over each query's own documents, DistillKLDivLoss in sentence-transformers.</summary>
/// <remarks>τ_s² · mean over queries i of KL( softmax(t_i / τ_t) ‖ softmax(s_i / τ_s) ), where t_i and s_i are the teacher's and the student's scores of query i with its positive and its negatives,
/// and τ_t and τ_s the temperatures.</remarks>
public sealed class KlDistillationLoss(DistillationOptions? options = null) : ITrainingLoss
{
    private readonly DistillationOptions _options = options ?? new DistillationOptions();

    /// <inheritdoc/>
    public LossNeeds Needs => LossNeeds.Negatives | LossNeeds.TeacherScores;

    /// <inheritdoc/>
    public Tensor Compute(EmbeddedBatch batch)
    {
        BatchShapes.Require(batch, Needs);
        return KlDivergence.OfScores(Similarities.OfOwnDocuments(batch, _options.Similarity), batch.TeacherScores!, _options);
    }
}
