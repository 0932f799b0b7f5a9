namespace MedEmbed.Encoding;

/// <summary>Turns texts into vectors of one fixed dimension.</summary>
/// <remarks>Thread-safe. Results are in input order and do not depend on how texts are batched.
/// Texts longer than <see cref="MaxLength"/> tokens are truncated at the end and counted in <see cref="EncodeReport.Truncated"/>.</remarks>
public interface ITextEncoder
{
    /// <summary>Numbers a vector has, before <see cref="EncodeOptions.Dimensions"/> cuts it.</summary>
    int Dimensions { get; }

    /// <summary>Tokens a text may have, special tokens and prompt included.</summary>
    int MaxLength { get; }

    /// <summary>Encodes <paramref name="texts"/> with the prompt that <paramref name="options"/> names: the model's for queries or documents, another of its own, or none.</summary>
    /// <returns>One row a text, unit length where the model normalises (the caller owns the memory), and what happened on the way.</returns>
    /// <exception cref="ArgumentException">A text is null, the model lacks the named prompt, or the dimensions asked for are more than the model's.</exception>
    ValueTask<Encoded> EncodeAsync(IReadOnlyList<string> texts, EncodeOptions options, CancellationToken cancellationToken = default);
}
