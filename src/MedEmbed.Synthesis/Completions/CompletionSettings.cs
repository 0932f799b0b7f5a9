namespace MedEmbed.Synthesis.Completions;

/// <summary>What an LLM is asked to do besides the messages: these settings and the messages make a completion's key. Immutable; each value is checked when it is set.</summary>
public sealed record CompletionSettings
{
    /// <summary>The model's name as the endpoint knows it.</summary>
    public required string Model { get; init; }

    /// <summary>Sampling temperature, 0 to 2. Default 0.3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 2.</exception>
    public float Temperature
    {
        get;
        init => field = value is >= 0 and <= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "the temperature must be from 0 to 2.");
    } = 0.3f;

    /// <summary>Tokens an answer may have, reasoning included. Default 2,048.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 16.</exception>
    public int MaxTokens
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 16);
            field = value;
        }
    } = 2048;

    /// <summary>Seed of the sampling, for endpoints that take one; null sends none.</summary>
    public long? Seed { get; init; }

    /// <summary>How the answer's form is asked for.</summary>
    public JsonMode JsonMode { get; init; } = JsonMode.Auto;
}
