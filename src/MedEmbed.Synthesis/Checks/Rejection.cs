namespace MedEmbed.Synthesis.Checks;

/// <summary>Why a pair is rejected.</summary>
/// <param name="Reason">The rule it breaks.</param>
/// <param name="Detail">By what; may hold text of the note.</param>
public sealed record Rejection(RejectionReason Reason, string Detail);
