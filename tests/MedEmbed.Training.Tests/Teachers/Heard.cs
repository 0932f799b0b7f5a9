using MedEmbed.Training.Teachers;

namespace MedEmbed.Training.Tests.Teachers;

/// <summary>Keeps reports in order, on the reporting thread.</summary>
internal sealed class Heard(Action<TeacherProgress>? then = null) : IProgress<TeacherProgress>
{
    public List<TeacherProgress> Reports { get; } = [];

    public void Report(TeacherProgress value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}
