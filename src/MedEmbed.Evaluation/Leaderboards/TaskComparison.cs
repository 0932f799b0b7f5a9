using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>Two systems tested against each other on one task, query by query.</summary>
/// <param name="Task">The task.</param>
/// <param name="First">The system that stands higher in the leaderboard.</param>
/// <param name="Second">The other.</param>
/// <param name="Paired">Mean difference (first less second), p-value, interval, and queries won, tied and lost.</param>
/// <param name="CorrectedPValue">The p-value corrected for all comparisons of the leaderboard.</param>
/// <param name="IsSignificant">Whether the corrected p-value is below the level.</param>
public sealed record TaskComparison(LeaderboardTask Task, LeaderboardRow First, LeaderboardRow Second, PairedComparison Paired, double CorrectedPValue, bool IsSignificant);
