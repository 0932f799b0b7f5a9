namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>Where a published score comes from.</summary>
/// <param name="Source">The publication, with version or commit.</param>
/// <param name="Read">What the file says of when and how it was gathered.</param>
public sealed record PublishedSource(string Source, string Read);
