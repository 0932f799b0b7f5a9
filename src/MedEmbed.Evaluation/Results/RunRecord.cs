using MedEmbed.Evaluation.Systems;

namespace MedEmbed.Evaluation.Results;

/// <summary>When, where and how fast a result was made: the part of a result file that differs from run to run.</summary>
/// <param name="Started">When the evaluation began.</param>
/// <param name="Time">How long it took, reading and metrics included.</param>
/// <param name="Encoding">What was encoded on the way; nothing where the vectors were on disk.</param>
/// <param name="Machine">Where it ran.</param>
public sealed record RunRecord(DateTimeOffset Started, TimeSpan Time, EncodingSpeed Encoding, Machine Machine);
