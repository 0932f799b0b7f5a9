namespace MedEmbed.Training.Output;

/// <summary>What the comparison of training texts with benchmarks found.</summary>
/// <param name="Benchmarks">Names of the benchmarks compared with.</param>
/// <param name="Texts">Training texts compared.</param>
/// <param name="Matches">Training texts that stand in a benchmark, exactly or after normalisation.</param>
/// <param name="LeftOut">Whether these were left out of training.</param>
public sealed record CardContamination(IReadOnlyList<string> Benchmarks, long Texts, long Matches, bool LeftOut);
