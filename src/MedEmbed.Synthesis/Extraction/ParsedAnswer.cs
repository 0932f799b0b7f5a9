using MedEmbed.Synthesis.Candidates;

namespace MedEmbed.Synthesis.Extraction;

/// <summary>What an answer says.</summary>
/// <param name="Pairs">Its usable entries in order.</param>
/// <param name="EntryFaults">What is wrong with each entry that is not usable.</param>
/// <param name="Fault">Why there is no usable entry; <see cref="AnswerFault.None"/> where there is one.</param>
/// <param name="Problem">The same in words that the model is told when it is asked again; null where there is no fault.</param>
/// <param name="Mends">What was mended.</param>
public sealed record ParsedAnswer(IReadOnlyList<CandidatePair> Pairs, IReadOnlyList<string> EntryFaults, AnswerFault Fault, string? Problem, Mends Mends);
