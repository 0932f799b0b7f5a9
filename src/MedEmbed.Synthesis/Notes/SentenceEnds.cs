using System.Collections.Frozen;

namespace MedEmbed.Synthesis.Notes;

/// <summary>Where sentences of clinical prose end: after . ! or ? before white space, unless an abbreviation or initial stands there.</summary>
internal static class SentenceEnds
{
    // A name follows these; the others end a sentence where a capital letter follows.
    private static readonly FrozenSet<string> Titles = new[] { "dr", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Abbreviations = new[]
    {
        "jr", "sr", "etc", "approx", "no", "fig", "pt", "pts", "hx", "dx", "rx", "tx", "q.d", "b.i.d", "t.i.d", "q.i.d", "p.r.n", "p.o", "i.v", "a.m", "p.m", "mg", "ml", "cm", "mm",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The last end (the position behind the mark) at or before <paramref name="limit"/>; -1 where there is none.</summary>
    public static int Last(ReadOnlySpan<char> text, int limit)
    {
        for (int end = Math.Min(limit, text.Length); end > 0; end--)
        {
            if (IsEnd(text, end))
                return end;
        }

        return -1;
    }

    /// <summary>The pieces of <paramref name="text"/> between sentence ends and line ends, trimmed, blank ones left out.</summary>
    public static List<string> Sentences(string text)
    {
        List<string> sentences = [];
        int start = 0;
        for (int end = 1; end <= text.Length; end++)
        {
            if (end < text.Length && text[end - 1] != '\n' && !IsEnd(text, end))
                continue;
            string sentence = text[start..end].Trim();
            if (sentence.Length > 0)
                sentences.Add(sentence);
            start = end;
        }

        return sentences;
    }

    private static bool IsEnd(ReadOnlySpan<char> text, int end)
    {
        if (text[end - 1] is not ('.' or '!' or '?') || (end < text.Length && !char.IsWhiteSpace(text[end])))
            return false;
        if (text[end - 1] != '.')
            return true;
        ReadOnlySpan<char> before = text[..(end - 1)];
        ReadOnlySpan<char> word = before[(before.LastIndexOfAny(" \t\n\r(") + 1)..];
        bool initial = word.Length == 1 && char.IsUpper(word[0]);
        // A number alone on its line is an item's: "1. Hypertension".
        bool item = word.Length is 1 or 2 && char.IsAsciiDigit(word[0]) && (word.Length == before.Length || before[^(word.Length + 1)] == '\n');
        if (initial || item || Titles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            return false;
        ReadOnlySpan<char> next = text[end..].TrimStart();
        return next.IsEmpty || char.IsUpper(next[0]) || !Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }
}
