using MedEmbed.Synthesis.Checks;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Generation;

/// <summary>How candidates become pairs. Immutable; each value is checked when it is set.</summary>
public sealed record GenerationOptions
{
    /// <summary>The checks of pairs.</summary>
    public CheckOptions Checks { get; init; } = CheckOptions.Default;

    /// <summary>Characters from which a note is split. Default 8,000.</summary>
    public int MaxNoteCharacters { get; init; } = 8000;

    /// <summary>Tells for notes of any length whether they stay whole; null splits all that are too long.</summary>
    public Predicate<Note>? KeepWhole { get; init; }

    /// <summary>Parts of notes under way or waiting for an earlier one. Default 16.</summary>
    public int Window { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "the window must be at least 1."); } = 16;

    /// <summary>Notes in succession that may fail at the endpoint before the run ends. Default 5.</summary>
    public int MaxFailuresInARow { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "the failures in a row must be at least 1."); } = 5;

    /// <summary>Whether a pair's response must be among the first so many that its query finds over all responses; null leaves that check out.</summary>
    public int? RoundTripTop { get; init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "the round trip must look at one response or more."); }

    /// <summary>Whether a finished output is replaced.</summary>
    public bool Overwrite { get; init; }
}
