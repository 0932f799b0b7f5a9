using MedEmbed.Retrieval.Filtering;

namespace MedEmbed.Retrieval;

/// <summary>How to search.</summary>
public sealed record SearchOptions
{
    /// <summary>Only documents that match; null: all.</summary>
    public DocumentFilter? Filter { get; init; }

    /// <summary>Candidates that the first stage of an int8 or binary index hands to rescoring, as a multiple of the hits asked for, 1 to 1,000; null: 4 for int8, 16 for binary.</summary>
    public int? Oversampling { get; init; }

    /// <summary>Threads to search with, at least 1; null: one for each processor.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        if (Oversampling is < 1 or > 1000)
            throw new ArgumentOutOfRangeException(nameof(Oversampling), Oversampling, "Must be 1 to 1,000.");
        if (Threads < 1)
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "Must be at least 1.");
    }
}
