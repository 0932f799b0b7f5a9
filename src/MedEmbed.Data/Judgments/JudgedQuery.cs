namespace MedEmbed.Data.Judgments;

/// <summary>A line of a judged list: a query with its own graded passages.</summary>
/// <param name="QueryId">Unique in its file; the line's number from 0 where the file gives none.</param>
/// <param name="Query">The query.</param>
/// <param name="QueryType">The kind of query, as <c>topic</c>; null where the file gives none.</param>
/// <param name="Passages">At least one passage.</param>
public sealed record JudgedQuery(string QueryId, string Query, string? QueryType, IReadOnlyList<JudgedPassage> Passages);
