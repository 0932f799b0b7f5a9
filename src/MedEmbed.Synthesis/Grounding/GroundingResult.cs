namespace MedEmbed.Synthesis.Grounding;

/// <summary>Whether and how a response stands in its note.</summary>
/// <param name="Kind">How.</param>
/// <param name="Score">Share of the response's characters that the note supports, 0 to 1; 1 is verbatim.</param>
/// <param name="Missing">The first sentence that is not there word for word; null where all are.</param>
public sealed record GroundingResult(GroundingKind Kind, double Score, string? Missing);
