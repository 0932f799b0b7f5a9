namespace MedEmbed.Training.Optimization;

/// <summary>How the learning rate goes on after its warm-up.</summary>
public enum ScheduleShape
{
    /// <summary>Falls in a straight line to 0.</summary>
    Linear,

    /// <summary>Falls along half a cosine to 0.</summary>
    Cosine,

    /// <summary>Stays.</summary>
    Constant,
}
