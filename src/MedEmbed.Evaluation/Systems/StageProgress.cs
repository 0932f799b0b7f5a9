namespace MedEmbed.Evaluation.Systems;

/// <summary>How far a stage has come.</summary>
/// <param name="Done">Units done in this process; those an earlier run left on disk do not count, so that the time left is right.</param>
/// <param name="Total">Units to do in this process.</param>
/// <param name="Unit">What is counted, such as <c>documents</c>.</param>
public readonly record struct StageProgress(long Done, long Total, string Unit);
