using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Batches;

/// <summary>A part of a note that a batch gave nothing usable for, to be asked about again.</summary>
/// <param name="Part">The part.</param>
/// <param name="Answer">The answer that could not be used; null where there was none.</param>
/// <param name="Problem">What was wrong with it; null where there was none.</param>
public sealed record FailedPart(NotePart Part, string? Answer, string? Problem);
