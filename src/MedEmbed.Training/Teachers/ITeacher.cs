using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Teachers;

/// <summary>A member of an ensemble.</summary>
internal interface ITeacher : IDisposable
{
    /// <summary>Scores every query of <paramref name="batch"/> with every document, B × B·(1 + N) in row-major order; higher is better, on the member's own scale.</summary>
    /// <remarks>Thread-safe.</remarks>
    void Score(TrainingBatch batch, Span<float> scores);
}
