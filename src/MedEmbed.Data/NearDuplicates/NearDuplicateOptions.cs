namespace MedEmbed.Data.NearDuplicates;

/// <summary>What makes two texts near-duplicates. Immutable; each value is checked when it is set.</summary>
public sealed record NearDuplicateOptions
{
    /// <summary>The defaults.</summary>
    public static NearDuplicateOptions Default { get; } = new();

    /// <summary>Words of an n-gram. Default 3: with fewer, questions of one template ("What research is being done for …") are alike whatever they ask about;
    /// with more, a single word replaced makes a passage another one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int NGram
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 3;

    /// <summary>The Jaccard similarity of n-gram sets, as estimated, from which two texts are near-duplicates. Default 0.8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above 1.</exception>
    public double Threshold
    {
        get;
        init
        {
            if (!(value is > 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(value), value, "a threshold is above 0 and at most 1.");
            field = value;
        }
    } = 0.8;

    /// <summary>Hash functions of a signature, and so its length. Default 128: the standard error of the estimate is at most 0.044, and 0.035 at a similarity of 0.8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a multiple of 16 from 16 to 1024.</exception>
    public int Permutations
    {
        get;
        init
        {
            if (value is < 16 or > 1024 || value % 16 != 0)
                throw new ArgumentOutOfRangeException(nameof(value), value, "permutations are a multiple of 16 from 16 to 1024.");
            field = value;
        }
    } = 128;
}
