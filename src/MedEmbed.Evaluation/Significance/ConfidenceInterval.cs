namespace MedEmbed.Evaluation.Significance;

/// <summary>Bounds between which a value lies with a given confidence.</summary>
/// <param name="Lower">The lower bound.</param>
/// <param name="Upper">The upper bound, not below the lower.</param>
public readonly record struct ConfidenceInterval(double Lower, double Upper);
