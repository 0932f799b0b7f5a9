namespace MedEmbed.Encoding;

/// <summary>What one encoding call asks for. Immutable.</summary>
public sealed record EncodeOptions
{
    /// <summary>Options for search queries: the model's query prompt.</summary>
    public static EncodeOptions Query { get; } = new() { Prompt = Prompt.Query };

    /// <summary>Options for documents: the model's document prompt.</summary>
    public static EncodeOptions Document { get; } = new() { Prompt = Prompt.Document };

    /// <summary>Which of the model's prompts stands before each text.</summary>
    public Prompt Prompt { get; init; } = Prompt.Document;

    /// <summary>Keep only the first so many numbers of each vector and, where the model normalises, scale it to unit length again (Matryoshka truncation); null keeps all.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Texts that a stream encodes at a time, at least 1 (fewer where they are long). Default 1,024: enough that sorting them by length leaves little padding;
    /// fewer give results sooner.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int WindowTexts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1024;

    /// <summary>Told after every batch.</summary>
    public IProgress<EncodeProgress>? Progress { get; init; }
}
