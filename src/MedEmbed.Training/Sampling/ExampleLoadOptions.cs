using MedEmbed.Data.Contamination;
using MedEmbed.Training.Losses;

namespace MedEmbed.Training.Sampling;

/// <summary>What is asked of a source's examples when they are read. Immutable.</summary>
public sealed record ExampleLoadOptions
{
    /// <summary>The defaults.</summary>
    public static ExampleLoadOptions Default { get; } = new();

    /// <summary>What the source's loss needs of the file: where negatives or teacher scores are needed, an example without is an error.
    /// A caller that computes the scores itself leaves <see cref="LossNeeds.TeacherScores"/> out. Default nothing.</summary>
    public LossNeeds Needs { get; init; }

    /// <summary>Compares every text with benchmarks and counts what overlaps; null compares nothing.</summary>
    public ContaminationCheck? Contamination { get; init; }

    /// <summary>Whether what overlaps is left out: an example whose query or positive does, and negatives that do. Default false: counted alone.</summary>
    public bool DropContaminated { get; init; }

    /// <summary>Whether faulty lines are left out and counted instead of being an error. Default false.</summary>
    public bool SkipBadLines { get; init; }
}
