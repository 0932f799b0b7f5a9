namespace MedEmbed.Synthesis.Candidates;

/// <summary>What a source made of a part of a note.</summary>
/// <param name="Pairs">The candidates in the answer's order.</param>
/// <param name="Source">Where they come from, as pairs tell it.</param>
/// <param name="Problems">What was wrong on the way.</param>
public sealed record NoteCandidates(IReadOnlyList<CandidatePair> Pairs, string Source, IReadOnlyList<NoteProblem> Problems);
