namespace MedEmbed.Synthesis.Notes;

/// <summary>Splits long notes where they pause: between paragraphs if one ends in the second half of a part, else between lines, sentences, words.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class NoteSplitter
{
    private readonly int _limit;

    /// <summary>Splits notes longer than <paramref name="maxCharacters"/> UTF-16 units.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCharacters"/> is below 100.</exception>
    public NoteSplitter(int maxCharacters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCharacters, 100);
        _limit = maxCharacters;
    }

    /// <summary>The parts in order. Together they hold every character of the text but white space between parts; a blank text has none.</summary>
    public IReadOnlyList<NotePart> Split(Note note)
    {
        ArgumentNullException.ThrowIfNull(note);
        List<string> pieces = [];
        ReadOnlySpan<char> rest = note.Text.AsSpan().Trim();
        while (rest.Length > _limit)
        {
            int end = EndOfPart(rest);
            pieces.Add(rest[..end].TrimEnd().ToString());
            rest = rest[end..].TrimStart();
        }

        if (rest.Length > 0)
            pieces.Add(rest.ToString());
        return [.. pieces.Select((text, i) => new NotePart(note, i + 1, pieces.Count, text))];
    }

    private int EndOfPart(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> window = text[.._limit];
        int half = _limit / 2;
        if (window.LastIndexOf("\n\n") is var paragraph && paragraph >= half)
            return paragraph;
        if (window.LastIndexOf('\n') is var line && line >= half)
            return line;
        int sentence = SentenceEnds.Last(text, _limit);
        if (sentence >= half)
            return sentence;
        int space = window.LastIndexOfAny(" \t\n\r");
        if (space > 0)
            return space;
        return char.IsHighSurrogate(window[^1]) ? _limit - 1 : _limit;
    }
}
