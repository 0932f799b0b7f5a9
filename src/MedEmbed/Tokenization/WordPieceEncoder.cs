using System.Text;
using MedEmbed.Tokenization.Unicode;

namespace MedEmbed.Tokenization;

/// <summary>Turns text into pieces without special tokens, reading no further than the writer asks. Immutable and thread-safe.</summary>
/// <remarks>Short words of ASCII letters and digits, nearly all of an English text, take <see cref="AsciiWords"/>' way;
/// anything else goes code point by code point through <see cref="WordGatherer"/> until the next word boundary.</remarks>
internal sealed class WordPieceEncoder
{
    private readonly WordPieceModel _model;
    private readonly BertNormalization _rules;
    private readonly UnicodeTable _unicode = UnicodeTable.Default;
    private readonly AddedTokenFinder _rawTokens;
    private readonly (int[] Content, AddedToken Token)[] _normalizedTokens;
    private readonly AsciiWords? _asciiWords;

    public WordPieceEncoder(Vocabulary vocabulary, BertNormalization rules, IReadOnlyList<AddedToken> addedTokens)
    {
        (_model, _rules) = (new WordPieceModel(vocabulary), rules);
        _rawTokens = new AddedTokenFinder(addedTokens.Where(token => !token.Normalized), _unicode);
        _normalizedTokens =
        [
            .. addedTokens.Where(token => token.Normalized)
                .Select(token => (Content: CodePointNormalizer.Normalize(token.Content, rules, _unicode), token))
                .OrderByDescending(pair => pair.Content.Length),
        ];
        if (_normalizedTokens.Length == 0 && AsciiWords.Serves(_model, _rawTokens))
            _asciiWords = new AsciiWords(_model, rules, _rawTokens);
    }

    /// <summary>Writes the pieces of <paramref name="text"/> until it ends or the writer is settled.</summary>
    /// <remarks>A lone surrogate counts as U+FFFD, as it would on its way through UTF-8.</remarks>
    /// <returns>How many characters were read.</returns>
    public int Encode(ReadOnlySpan<char> text, ref TokenWriter writer)
    {
        WordGatherer? gatherer = null;
        int position = 0, hiddenUntil = 0;
        while (true)
        {
            if (_asciiWords is not null && (gatherer is null || gatherer.IsIdle))
                position = _asciiWords.Encode(text, position, ref hiddenUntil, ref writer);
            if (position == text.Length || writer.IsSettled)
                break;
            gatherer ??= NewGatherer();

            // At least one code point on the careful way, or a word that is not for the other would come back for ever.
            do
                position += Step(text, position, ref hiddenUntil, gatherer, ref writer);
            while (position < text.Length && !writer.IsSettled && !gatherer.IsIdle);
        }

        if (!writer.IsSettled)
            gatherer?.End(ref writer);
        return position;
    }

    private int Step(ReadOnlySpan<char> text, int position, ref int hiddenUntil, WordGatherer gatherer, ref TokenWriter writer)
    {
        if (_rawTokens.FindAt(text, position, ref hiddenUntil) is not { } token)
        {
            Rune.DecodeFromUtf16(text[position..], out Rune rune, out int consumed);
            gatherer.Add(rune.Value, ref writer);
            return consumed;
        }

        gatherer.End(ref writer);
        writer.Add(token.Id);
        writer.EndWord();
        return token.Content.Length;
    }

    private WordGatherer NewGatherer() =>
        new(_model, _unicode, _rules, _normalizedTokens.Length == 0 ? null : new NormalizedTokenWindow(_normalizedTokens, _unicode));
}
