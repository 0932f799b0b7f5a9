using MedEmbed.Training.Libtorch;
using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>The Kullback-Leibler divergence of a student's scores from a teacher's.</summary>
internal static class KlDivergence
{
    /// <summary>f / B · Σ_i KL( softmax(t_i / τ_t) ‖ softmax(s_i / τ_s) ) over the rows i of <paramref name="student"/> and <paramref name="teacher"/>, B × candidates,
    /// without the candidates that <paramref name="excluded"/> marks; f is τ_s², or 1 (<see cref="DistillationOptions.ScalesBySquaredTemperature"/>).</summary>
    public static Tensor OfScores(Tensor student, Tensor teacher, DistillationOptions options, Tensor? excluded = null)
    {
        Tensor logStudent = LogSoftmax(student.DividedBy(options.StudentTemperature), excluded);
        Tensor logTeacher = LogSoftmax(teacher.detach().DividedBy(options.TeacherTemperature), excluded);
        Tensor terms = logTeacher.exp() * (logTeacher - logStudent);
        // Both logarithms are −∞ at an excluded candidate, whose term is 0 and not their undefined difference.
        if (excluded is not null)
            terms = terms.Masked(excluded, 0);
        double factor = options.ScalesBySquaredTemperature ? options.StudentTemperature * options.StudentTemperature : 1;
        return terms.sum().DividedBy(student.shape[0]).Times(factor);
    }

    private static Tensor LogSoftmax(Tensor scores, Tensor? excluded) =>
        nn.functional.log_softmax(excluded is null ? scores : scores.Masked(excluded, double.NegativeInfinity), dim: 1);
}
