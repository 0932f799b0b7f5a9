using MedEmbed.Synthesis.Grounding;

namespace MedEmbed.Synthesis.Checks;

/// <summary>Limits of the checks that pairs pass. Immutable; each value is checked when it is set.</summary>
public sealed record CheckOptions
{
    /// <summary>The defaults.</summary>
    public static CheckOptions Default { get; } = new();

    /// <summary>What counts as grounded.</summary>
    public GroundingOptions Grounding { get; init; } = GroundingOptions.Default;

    /// <summary>Characters a query must have. Default 3.</summary>
    public int MinQueryCharacters { get; init => field = AtLeast(value, 1); } = 3;

    /// <summary>Characters a query may have. Default 400.</summary>
    public int MaxQueryCharacters { get; init => field = AtLeast(value, 1); } = 400;

    /// <summary>Characters a response must have. Default 15.</summary>
    public int MinResponseCharacters { get; init => field = AtLeast(value, 1); } = 15;

    /// <summary>Characters a response may have. Default 8,000.</summary>
    public int MaxResponseCharacters { get; init => field = AtLeast(value, 1); } = 8000;

    /// <summary>Relevance below which a pair is dropped, 0 to 1. Default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double MinRelevance { get; init => field = Share(value); } = 0.5;

    /// <summary>Share of common words (Jaccard) from which two queries are the same. Default 0.8; 1 takes equal sets of words alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double DuplicateSimilarity { get; init => field = Share(value); } = 0.8;

    /// <summary>Whether a query may not repeat one of any note; by default only those of its own note count, since one query may be answered by several notes.</summary>
    public bool DuplicatesAcrossNotes { get; init; }

    /// <summary>Whether queries with identifiers are rejected. Default true.</summary>
    public bool Identifiers { get; init; } = true;

    private static int AtLeast(int value, int minimum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, minimum);
        return value;
    }

    private static double Share(double value) => value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "the value must be from 0 to 1.");
}
