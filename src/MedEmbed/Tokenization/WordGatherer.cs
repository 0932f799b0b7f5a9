using System.Text;
using MedEmbed.Tokenization.Unicode;

namespace MedEmbed.Tokenization;

/// <summary>Gathers raw code points to normalised words by every rule of the normaliser and pre-tokeniser, in bounded memory, and writes the words' pieces. For one text.</summary>
internal sealed class WordGatherer
{
    private readonly WordPieceModel _model;
    private readonly UnicodeTable _unicode;
    private readonly CodePointNormalizer _normalizer;
    private readonly NormalizedTokenWindow? _addedTokens;
    private char[] _word = new char[64];
    private int _units;
    private int _length;

    /// <summary>Begins a text.</summary>
    /// <param name="model">Splits the words.</param>
    /// <param name="unicode">Properties of the code points.</param>
    /// <param name="rules">How the text is normalised.</param>
    /// <param name="addedTokens">The added tokens sought in normalised text, null where there are none.</param>
    public WordGatherer(WordPieceModel model, UnicodeTable unicode, BertNormalization rules, NormalizedTokenWindow? addedTokens)
    {
        (_model, _unicode, _addedTokens) = (model, unicode, addedTokens);

        // No mark that ordering moves ends a word, so a run longer than a word may be is unknown in any order.
        _normalizer = new CodePointNormalizer(rules, unicode, longestRun: model.MaxWordLength + 1);
    }

    /// <summary>Whether no word is open and nothing waits, so that the text may go on by any other way.</summary>
    public bool IsIdle => _length == 0 && !_normalizer.IsWaiting && _addedTokens is null;

    /// <summary>Takes the next code point of the raw text.</summary>
    public void Add(int codePoint, ref TokenWriter writer) => Take(_normalizer.Next(codePoint), ref writer);

    /// <summary>Ends the text, or the part of it before an added token.</summary>
    public void End(ref TokenWriter writer)
    {
        Take(_normalizer.End(), ref writer);
        if (_addedTokens is not null)
        {
            while (_addedTokens.Count > 0)
                Advance(_addedTokens, ref writer);
            _addedTokens.Restart();
        }

        EndWord(ref writer);
    }

    private void Take(ReadOnlySpan<int> normalized, ref TokenWriter writer)
    {
        foreach (int codePoint in normalized)
        {
            if (_addedTokens is null)
            {
                Gather(codePoint, ref writer);
                continue;
            }

            _addedTokens.Push(codePoint);
            if (_addedTokens.IsFull)
                Advance(_addedTokens, ref writer);
        }
    }

    private void Advance(NormalizedTokenWindow window, ref TokenWriter writer)
    {
        if (window.TryTake(out int codePoint) is { } id)
        {
            EndWord(ref writer);
            writer.Add(id);
            writer.EndWord();
        }
        else
        {
            Gather(codePoint, ref writer);
        }
    }

    private void Gather(int codePoint, ref TokenWriter writer)
    {
        CodePointTraits traits = _unicode.TraitsOf(codePoint);
        if ((traits & (CodePointTraits.WhiteSpace | CodePointTraits.Punctuation)) == 0)
        {
            Append(codePoint, ref writer);
            return;
        }

        EndWord(ref writer);
        if ((traits & CodePointTraits.Punctuation) != 0)
        {
            Append(codePoint, ref writer);
            EndWord(ref writer);
        }
    }

    private void Append(int codePoint, ref TokenWriter writer)
    {
        if (_length > _model.MaxWordLength)
            return;
        if (++_length > _model.MaxWordLength)
        {
            // Known to be unknown before its end, which may be megabytes away.
            writer.Add(_model.UnknownId);
            writer.EndWord();
        }
        else
        {
            if (_units + 2 > _word.Length)
                Array.Resize(ref _word, 2 * _word.Length);
            _units += new Rune(codePoint).EncodeToUtf16(_word.AsSpan(_units));
        }
    }

    private void EndWord(ref TokenWriter writer)
    {
        if (_length == 0)
            return;
        if (_length <= _model.MaxWordLength)
        {
            _model.Tokenize(_word.AsSpan(0, _units), ref writer);
            writer.EndWord();
        }

        (_length, _units) = (0, 0);
    }
}
