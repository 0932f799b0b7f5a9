namespace MedEmbed.Training.Sampling;

/// <summary>How long texts of a batch may be. Immutable; each value is checked when it is set.</summary>
public sealed record BatchCollatorOptions
{
    /// <summary>Tokens a query may have, prompt and special tokens included. Default 128.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 3.</exception>
    public int MaxQueryLength { get; init => field = Length(value); } = 128;

    /// <summary>Tokens a passage may have, prompt and special tokens included. Default 256.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 3.</exception>
    public int MaxPassageLength { get; init => field = Length(value); } = 256;

    private static int Length(int value)
    {
        // Two special tokens and one of the text.
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 3);
        return value;
    }
}
