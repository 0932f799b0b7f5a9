namespace MedEmbed.Synthesis.Grounding;

/// <summary>What counts as grounded. Immutable; each value is checked when it is set.</summary>
public sealed record GroundingOptions
{
    /// <summary>The defaults.</summary>
    public static GroundingOptions Default { get; } = new();

    /// <summary>Every sentence word for word.</summary>
    public static GroundingOptions Verbatim { get; } = new() { MinScore = 1 };

    /// <summary>Score from which a response that is not verbatim passes as aligned, 0 to 1. Default 0.9; 1 demands verbatim sentences.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double MinScore
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "the grounding score must be from 0 to 1.");
    } = 0.9;
}
