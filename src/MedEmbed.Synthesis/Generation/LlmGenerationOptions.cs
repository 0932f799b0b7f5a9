using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Prompts;

namespace MedEmbed.Synthesis.Generation;

/// <summary>What an LLM is asked for. Immutable; each value is checked when it is set.</summary>
public sealed record LlmGenerationOptions
{
    /// <summary>The model and its settings.</summary>
    public required CompletionSettings Settings { get; init; }

    /// <summary>The wording of requests.</summary>
    public PromptSet Prompts { get; init; } = PromptSet.Default;

    /// <summary>Queries a note.</summary>
    public QueryMix Mix { get; init; } = QueryMix.Default;

    /// <summary>Further requests after answers that cannot be used, each saying what was wrong. Default 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 10.</exception>
    public int MaxReasks { get; init => field = value is >= 0 and <= 10 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "asking again must be from 0 to 10 times."); } = 2;
}
