namespace MedEmbed.Synthesis.Mining;

/// <summary>How far a run has come.</summary>
/// <param name="Stage">What is done now.</param>
/// <param name="Done">Passages or pairs done, those of an earlier run among them.</param>
/// <param name="Total">In all; null where that is unknown.</param>
public readonly record struct MiningProgress(MiningStage Stage, long Done, long? Total)
{
    /// <summary>Of <see cref="Done"/>, what an earlier run did.</summary>
    public long Resumed { get; init; }
}
