namespace MedEmbed.Training.Sampling;

/// <summary>How batches are drawn. Immutable; each value is checked when it is set.</summary>
public sealed record BatchSamplerOptions
{
    /// <summary>Queries a batch, at least 1. Default 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 32;

    /// <summary>What every choice hangs on. Default 42.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>How the sources share batches. Default one source a batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a defined value.</exception>
    public BatchMixing Mixing { get; init => field = OptionRange.Defined(value); } = BatchMixing.OneSource;

    /// <summary>Batches of a source whose examples are sorted by length together, so that a batch's texts are of like length; 0 leaves the order to chance. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int BucketBatches
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
}
