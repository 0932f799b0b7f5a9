namespace MedEmbed.Data.Judgments;

/// <summary>A document found for a query.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Score">The score; higher is better.</param>
public readonly record struct Hit(string DocumentId, double Score);
