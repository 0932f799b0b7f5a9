namespace MedEmbed.Data.Judgments;

/// <summary>How relevant a document is to a query.</summary>
/// <param name="QueryId">The query.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="Grade">Relevant from 1 up; 0 or below is judged not relevant.</param>
public readonly record struct Judgment(string QueryId, string DocumentId, int Grade);
