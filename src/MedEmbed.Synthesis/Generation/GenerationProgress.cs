namespace MedEmbed.Synthesis.Generation;

/// <summary>How far a run has come.</summary>
/// <param name="Parts">Parts of notes done.</param>
/// <param name="Pairs">Pairs that passed.</param>
/// <param name="Rejected">Candidates that did not.</param>
public readonly record struct GenerationProgress(long Parts, long Pairs, long Rejected);
