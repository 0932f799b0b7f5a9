namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>A system's result on a task, with what must be told beside its number.</summary>
/// <param name="Result">The scores and prompts.</param>
/// <param name="Note">The remark on the data, or null.</param>
/// <param name="Contaminated">Whether the model's card names the task among its training data.</param>
public sealed record LeaderboardCell(TaskScores Result, LeaderboardNote? Note, bool Contaminated)
{
    /// <summary>The score, or null where the file does not have it.</summary>
    public double? Score(string metric) => Result.Scores.TryGetValue(metric, out double score) ? score : null;
}
