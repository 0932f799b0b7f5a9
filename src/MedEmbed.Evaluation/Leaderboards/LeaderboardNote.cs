namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>A remark on the data of some scores, and the letter that stands beside each of them.</summary>
/// <param name="Mark">a, b, …</param>
/// <param name="Text">How the data differ from the official set.</param>
public sealed record LeaderboardNote(string Mark, string Text);
