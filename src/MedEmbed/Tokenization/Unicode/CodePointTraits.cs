namespace MedEmbed.Tokenization.Unicode;

/// <summary>What the BERT normaliser and pre-tokeniser ask of a code point.</summary>
[Flags]
internal enum CodePointTraits : ushort
{
    /// <summary>An ordinary character of a word.</summary>
    None = 0,

    /// <summary>Removed by <c>clean_text</c>: controls, formats, private use, U+FFFD.</summary>
    Other = 1 << 0,

    /// <summary>Ends a word and yields no token.</summary>
    WhiteSpace = 1 << 1,

    /// <summary>Ends a word and is a word of its own.</summary>
    Punctuation = 1 << 2,

    /// <summary>Category Mn, removed by <c>strip_accents</c>.</summary>
    NonspacingMark = 1 << 3,

    /// <summary>Set apart by <c>handle_chinese_chars</c>.</summary>
    Chinese = 1 << 4,

    /// <summary>Matches <c>\w</c>, for added tokens that must be single words.</summary>
    Word = 1 << 5,

    /// <summary>Has another form in lower case.</summary>
    Lowers = 1 << 6,

    /// <summary>Has a canonical decomposition in the table (Hangul syllables decompose by arithmetic).</summary>
    Decomposes = 1 << 7,

    /// <summary>Has a canonical combining class other than zero, so canonical ordering may move it.</summary>
    Reorders = 1 << 8,
}
