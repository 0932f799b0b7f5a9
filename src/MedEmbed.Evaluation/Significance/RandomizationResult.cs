namespace MedEmbed.Evaluation.Significance;

/// <summary>The outcome of a randomisation test.</summary>
/// <param name="PValue">The probability of a mean difference at least as large in size if the two systems were interchangeable; above 0, at most 1.</param>
/// <param name="Exact">Whether all sign assignments were gone through, rather than a random sample.</param>
public readonly record struct RandomizationResult(double PValue, bool Exact);
