namespace MedEmbed.Evaluation.Significance;

/// <summary>How much chance a comparison draws, and from which seed.</summary>
public sealed record SignificanceOptions
{
    /// <summary>10,000 draws each, 95 %, seed 42.</summary>
    public static SignificanceOptions Default { get; } = new();

    /// <summary>Random sign assignments of the randomisation test, where there are too many to go through all. At least 1. Default: 10,000.</summary>
    public int Permutations
    {
        get;
        init => field = AtLeastOne(value, nameof(Permutations));
    } = 10_000;

    /// <summary>Resamples of the bootstrap. At least 1. Default: 10,000.</summary>
    public int Resamples
    {
        get;
        init => field = AtLeastOne(value, nameof(Resamples));
    } = 10_000;

    /// <summary>The probability with which the interval covers the true difference, between 0 and 1. Default: 0.95.</summary>
    public double ConfidenceLevel
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The confidence level must lie between 0 and 1, such as 0.95.");
    } = 0.95;

    /// <summary>The same seed gives the same result on every machine. Default: 42.</summary>
    public ulong Seed { get; init; } = 42;

    private static int AtLeastOne(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} must be at least 1.");
}
