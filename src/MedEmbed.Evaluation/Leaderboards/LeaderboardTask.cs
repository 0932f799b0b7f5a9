namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>A column of the leaderboard.</summary>
/// <param name="Key">The task.</param>
/// <param name="Title">Its name, with split and subset where they are not the usual ones.</param>
public sealed record LeaderboardTask(TaskKey Key, string Title);
