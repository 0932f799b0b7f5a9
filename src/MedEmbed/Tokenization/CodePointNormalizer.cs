using MedEmbed.Tokenization.Unicode;

namespace MedEmbed.Tokenization;

/// <summary>Normalises one text, code point by code point, by the rules of Hugging Face's BertNormalizer, in bounded memory.</summary>
/// <remarks>In this order: clean, set CJK apart, decompose and order canonically, drop non-spacing marks, lower-case.</remarks>
/// <param name="rules">What to do.</param>
/// <param name="unicode">Properties of the code points.</param>
/// <param name="longestRun">Marks that canonical ordering holds back at once; a longer run is ordered in parts.</param>
internal sealed class CodePointNormalizer(BertNormalization rules, UnicodeTable unicode, int longestRun)
{
    private const int FirstSyllable = 0xAC00, Syllables = 11172;

    private readonly List<(byte Order, int CodePoint)> _waiting = [];
    private int[] _output = new int[16];
    private int _count;

    /// <summary>Whether marks are held back until the next code point shows their order.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>The whole of <paramref name="text"/>, normalised.</summary>
    public static int[] Normalize(string text, BertNormalization rules, UnicodeTable unicode)
    {
        CodePointNormalizer normalizer = new(rules, unicode, int.MaxValue);
        List<int> result = [];
        foreach (System.Text.Rune rune in text.EnumerateRunes())
            result.AddRange(normalizer.Next(rune.Value));
        result.AddRange(normalizer.End());
        return [.. result];
    }

    /// <summary>Takes the next code point of the raw text, and returns what that settles, valid until the next call.</summary>
    public ReadOnlySpan<int> Next(int codePoint)
    {
        _count = 0;
        CodePointTraits traits = unicode.TraitsOf(codePoint);
        if (rules.CleanText)
        {
            if ((traits & CodePointTraits.Other) != 0)
                return [];
            if ((traits & CodePointTraits.WhiteSpace) != 0)
                codePoint = ' ';
        }

        if (rules.HandleChineseChars && (traits & CodePointTraits.Chinese) != 0)
        {
            Decompose(' ');
            Decompose(codePoint);
            Decompose(' ');
        }
        else
        {
            Decompose(codePoint);
        }

        return _output.AsSpan(0, _count);
    }

    /// <summary>Ends the text or a part of it, and returns what was held back, valid until the next call.</summary>
    public ReadOnlySpan<int> End()
    {
        _count = 0;
        ReleaseWaiting();
        return _output.AsSpan(0, _count);
    }

    private void Decompose(int codePoint)
    {
        if (!rules.StripAccents)
        {
            Lower(codePoint);
        }
        else if ((uint)(codePoint - FirstSyllable) < Syllables)
        {
            // The Unicode Standard, section 3.12: leading consonant, vowel, and a trailing consonant where there is one.
            (int leadAndVowel, int trail) = Math.DivRem(codePoint - FirstSyllable, 28);
            Order(0x1100 + leadAndVowel / 21);
            Order(0x1161 + leadAndVowel % 21);
            if (trail > 0)
                Order(0x11A7 + trail);
        }
        else if ((unicode.TraitsOf(codePoint) & CodePointTraits.Decomposes) != 0)
        {
            foreach (int part in unicode.DecompositionOf(codePoint))
                Order(part);
        }
        else
        {
            Order(codePoint);
        }
    }

    private void Order(int codePoint)
    {
        CodePointTraits traits = unicode.TraitsOf(codePoint);
        bool dropped = (traits & CodePointTraits.NonspacingMark) != 0;
        if ((traits & CodePointTraits.Reorders) == 0)
        {
            ReleaseWaiting();
            if (!dropped)
                Lower(codePoint);
        }
        else if (!dropped)
        {
            if (_waiting.Count == longestRun)
                ReleaseWaiting();
            Wait(codePoint);
        }
    }

    private void Wait(int codePoint)
    {
        byte order = unicode.OrderOf(codePoint);
        int place = _waiting.Count;
        while (place > 0 && _waiting[place - 1].Order > order)
            place--;
        _waiting.Insert(place, (order, codePoint));
    }

    private void ReleaseWaiting()
    {
        foreach ((_, int codePoint) in _waiting)
            Lower(codePoint);
        _waiting.Clear();
    }

    private void Lower(int codePoint)
    {
        if (rules.Lowercase && (unicode.TraitsOf(codePoint) & CodePointTraits.Lowers) != 0)
        {
            foreach (int lower in unicode.LowerOf(codePoint))
                Write(lower);
        }
        else
        {
            Write(codePoint);
        }
    }

    private void Write(int codePoint)
    {
        if (_count == _output.Length)
            Array.Resize(ref _output, 2 * _count);
        _output[_count++] = codePoint;
    }
}
