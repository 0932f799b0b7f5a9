using MedEmbed.Data.NearDuplicates;

namespace MedEmbed.Data.Contamination;

/// <summary>What counts as contamination, and how much of it is shown. Immutable; each value is checked when it is set.</summary>
public sealed record ContaminationOptions
{
    /// <summary>The defaults.</summary>
    public static ContaminationOptions Default { get; } = new();

    /// <summary>What makes near-duplicates; null looks for equal texts alone, exact and normalised.</summary>
    public NearDuplicateOptions? NearDuplicates { get; init; } = NearDuplicateOptions.Default;

    /// <summary>Words from which a benchmark's text is no longer short. Short ones (<c>obesity</c>) may be met by chance; they count like all others, and are told apart besides. Default 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int ShortTextWords
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 4;

    /// <summary>Examples kept for each benchmark, kind of its text, role of the training text and kind of overlap. Default 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int MaxExamples
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 3;
}
