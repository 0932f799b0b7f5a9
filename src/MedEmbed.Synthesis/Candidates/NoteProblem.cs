namespace MedEmbed.Synthesis.Candidates;

/// <summary>Why a note, or one entry of an answer about it, gave no candidate.</summary>
/// <param name="Reason">A short name that reports count.</param>
/// <param name="Detail">What exactly was wrong. May hold text of the note.</param>
/// <param name="Final">Whether the note ended without any answer because of it; false where an answer was used in spite of it.</param>
public sealed record NoteProblem(string Reason, string Detail, bool Final);
