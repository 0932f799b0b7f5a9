using MedEmbed.Vectors;
using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>MarginMSE distillation (Hofstätter et al. 2020): the student's margins between positive and negative become the teacher's.</summary>
/// <remarks>mean over queries i and their negatives n of ( (s(q_i, p_i) − s(q_i, n)) − (t(q_i, p_i) − t(q_i, n)) )², s the student's similarity, by default
/// the inner product, and t the teacher's score, both on one scale.</remarks>
/// <param name="similarity">How the student's vectors are compared.</param>
public sealed class MarginMseLoss(Similarity similarity = Similarity.Dot) : ITrainingLoss
{
    private readonly Similarity _similarity = OptionRange.Defined(similarity, nameof(similarity));

    /// <inheritdoc/>
    public LossNeeds Needs => LossNeeds.Negatives | LossNeeds.TeacherScores;

    /// <inheritdoc/>
    public Tensor Compute(EmbeddedBatch batch)
    {
        BatchShapes.Require(batch, Needs);
        Tensor student = Similarities.OfOwnDocuments(batch, _similarity);
        return nn.functional.mse_loss(Margins(student), Margins(batch.TeacherScores!.detach()));
    }

    private static Tensor Margins(Tensor scores) => scores.narrow(1, 0, 1) - scores.narrow(1, 1, scores.shape[1] - 1);
}
