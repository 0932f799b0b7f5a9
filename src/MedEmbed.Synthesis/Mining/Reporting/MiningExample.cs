namespace MedEmbed.Synthesis.Mining.Reporting;

/// <summary>A negative that scores close to its positive, for a look by hand. Texts stand here only where they were asked for.</summary>
/// <param name="QueryId">The query's id.</param>
/// <param name="Positive">The positive's id in the corpus; the query id of its first pair where it is not there.</param>
/// <param name="Negative">The negative's id, likewise.</param>
/// <param name="Source">The source that gave it.</param>
/// <param name="PositiveScore">The positive's score, as margins are measured.</param>
/// <param name="NegativeScore">The negative's.</param>
/// <param name="Query">The query's text.</param>
/// <param name="PositiveText">The positive's text.</param>
/// <param name="NegativeText">The negative's text.</param>
public sealed record MiningExample(
    string QueryId, string Positive, string Negative, string Source, float PositiveScore, float NegativeScore, string? Query = null, string? PositiveText = null, string? NegativeText = null);
