using MedEmbed.Models;
using MedEmbed.Tokenization;

namespace MedEmbed.Training.Encoders;

/// <summary>Turns texts into the ids that a model takes.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class TextTokens
{
    private readonly ModelFolder _model;
    private readonly WordPieceTokenizer _tokenizer;

    /// <summary>Loads the tokenizer of <paramref name="model"/>.</summary>
    /// <exception cref="ModelFormatException">It is missing or malformed.</exception>
    public TextTokens(ModelFolder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _tokenizer) = (model, model.OpenTokenizer());
    }

    /// <summary>Id that fills up shorter texts.</summary>
    public int PadId => _tokenizer.PadId;

    /// <summary>Tokenises prompt and text as one, cut at <paramref name="maxLength"/> tokens and at the model's own limit.</summary>
    public TokenRow Of(string text, string prompt, int maxLength, out bool truncated)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(prompt);
        Span<int> buffer = stackalloc int[512];
        int limit = Math.Min(maxLength, _model.MaxLength);
        if (limit > buffer.Length)
            buffer = new int[limit];
        int count = _tokenizer.Encode(prompt.Length == 0 ? text : prompt + text, buffer[..limit], out truncated);
        return new TokenRow(buffer[..count].ToArray(), UnpooledOf(prompt));
    }

    /// <summary>As in sentence-transformers: all tokens of the prompt alone but its final separator.</summary>
    private int UnpooledOf(string prompt) =>
        prompt.Length == 0 || _model.Pooling.IncludePrompt ? 0 : _tokenizer.Encode(prompt, _model.MaxLength).Length - 1;
}
