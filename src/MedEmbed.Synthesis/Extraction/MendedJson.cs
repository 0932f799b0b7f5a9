using System.Buffers;
using System.Text;

namespace MedEmbed.Synthesis.Extraction;

/// <summary>One JSON value from the beginning of a text, mended where models often err: trailing commas, raw line ends in strings, unknown escapes, a missing end.</summary>
internal sealed class MendedJson
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly StringBuilder _json = new();
    private readonly Stack<char> _closers = new();
    private (int Length, string Closers)? _wholeEntries;

    private MendedJson()
    {
    }

    /// <summary>The value's JSON; null where nothing of it is whole.</summary>
    public string? Json { get; private set; }

    /// <summary>Characters of the text that the value takes.</summary>
    public int Consumed { get; private set; }

    /// <summary>What was mended.</summary>
    public Mends Mends { get; private set; }

    /// <summary>Reads <paramref name="text"/>, which begins with <c>{</c> or <c>[</c>.</summary>
    public static MendedJson Read(ReadOnlySpan<char> text)
    {
        var mended = new MendedJson();
        int at = 0;
        do
        {
            at = text[at] == '"' ? mended.ReadString(text, at) : mended.ReadStructure(text[at], at);
        }
        while (mended._closers.Count > 0 && at < text.Length);
        mended.Consumed = at;
        mended.Finish();
        return mended;
    }

    private int ReadStructure(char c, int at)
    {
        switch (c)
        {
            case '{' or '[':
                _closers.Push(c == '{' ? '}' : ']');
                break;
            case '}' or ']':
                DropTrailingComma();
                if (_closers.Pop() != c)
                    Mends |= Mends.Characters;
                break;
        }

        _json.Append(c);
        if (c is '}' or ']' && _closers.TryPeek(out char closer) && closer == ']')
            _wholeEntries = (_json.Length, string.Concat(_closers));
        return at + 1;
    }

    private int ReadString(ReadOnlySpan<char> text, int at)
    {
        _json.Append('"');
        for (at++; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '"')
            {
                _json.Append(c);
                return at + 1;
            }

            if (c == '\\')
            {
                if (at + 1 == text.Length)
                    break;
                at = ReadEscape(text, at);
            }
            else if (c < ' ')
            {
                _json.Append(c switch { '\n' => "\\n", '\t' => "\\t", _ => " " });
                Mends |= Mends.Characters;
            }
            else
            {
                _json.Append(c);
            }
        }

        return text.Length;
    }

    private int ReadEscape(ReadOnlySpan<char> text, int at)
    {
        char escaped = text[at + 1];
        bool unicode = escaped == 'u' && at + 6 <= text.Length && !text.Slice(at + 2, 4).ContainsAnyExcept(HexDigits);
        if (unicode || "\"\\/bfnrt".Contains(escaped, StringComparison.Ordinal))
        {
            _json.Append('\\').Append(escaped);
            return at + 1;
        }

        // \' and \% mean the character itself; the backslash of \alpha stands for itself.
        if (char.IsLetterOrDigit(escaped))
            _json.Append("\\\\");
        _json.Append(escaped);
        Mends |= Mends.Characters;
        return at + 1;
    }

    private void DropTrailingComma()
    {
        int last = _json.Length - 1;
        while (last >= 0 && char.IsWhiteSpace(_json[last]))
            last--;
        if (last < 0 || _json[last] != ',')
            return;
        _json.Remove(last, 1);
        Mends |= Mends.TrailingComma;
    }

    private void Finish()
    {
        if (_closers.Count == 0)
        {
            Json = _json.ToString();
            return;
        }

        Mends |= Mends.CutOff;
        if (_wholeEntries is { } whole)
            Json = string.Concat(_json.ToString(0, whole.Length), whole.Closers);
    }
}
