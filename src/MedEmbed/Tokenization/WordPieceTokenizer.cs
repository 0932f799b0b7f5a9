using MedEmbed.Tokenization.Loading;

namespace MedEmbed.Tokenization;

/// <summary>A BERT WordPiece tokenizer whose ids are those of the Hugging Face tokenizers library.</summary>
/// <remarks>Immutable and thread-safe. Texts are any UTF-16; a lone surrogate counts as U+FFFD, as it would on its way through UTF-8
/// (with <c>clean_text</c>, which BERT models have, it is dropped). Special tokens written out in a text become special tokens, as in that library.</remarks>
public sealed class WordPieceTokenizer
{
    private readonly WordPieceEncoder _encoder;
    private readonly SpecialTokenTemplate _template;
    private readonly int[] _before;
    private readonly int[] _behind;
    private readonly Dictionary<string, int> _ids;
    private readonly string?[] _tokens;
    private readonly TokenizerDefinition _definition;

    private WordPieceTokenizer(TokenizerDefinition definition)
    {
        _definition = definition;
        _encoder = new WordPieceEncoder(definition.Vocabulary, definition.Normalization, definition.AddedTokens);
        _template = definition.Template;
        (_before, _behind) = _template.AroundSingle();
        _ids = new(definition.Vocabulary.Ids);
        foreach (AddedToken token in definition.AddedTokens)
            _ids[token.Content] = token.Id;
        _tokens = new string?[_ids.Values.Max() + 1];
        foreach ((string token, int id) in _ids)
            _tokens[id] = token;
        UnknownId = definition.Vocabulary.UnknownId;
        (PadId, ClsId, SepId) = (_ids[definition.Names.Pad], _ids[definition.Names.Cls], _ids[definition.Names.Sep]);
        MaskId = IdOf(definition.Names.Mask);
        ModelMaxLength = definition.ModelMaxLength;
        Lookahead = Math.Max(AsciiPieces.MaxLength, definition.AddedTokens.Select(token => token.Content.Length).DefaultIfEmpty().Max()) + 2;
    }

    /// <summary>The highest id, plus one.</summary>
    public int VocabularySize => _tokens.Length;

    /// <summary>The id that fills a batch's shorter rows.</summary>
    public int PadId { get; }

    /// <summary>The id of words that no pieces make up.</summary>
    public int UnknownId { get; }

    /// <summary>The id of the classification token, first in BERT's sequences.</summary>
    public int ClsId { get; }

    /// <summary>The id of the separator, last in BERT's sequences.</summary>
    public int SepId { get; }

    /// <summary>The id of the mask token, where there is one.</summary>
    public int? MaskId { get; }

    /// <summary>Tokens that the model takes, special tokens included, as <c>tokenizer_config.json</c> says; null where it sets no bound.</summary>
    public int? ModelMaxLength { get; }

    /// <summary>Characters that may be looked at behind the last one read.</summary>
    internal int Lookahead { get; }

    /// <summary>Special tokens around one text.</summary>
    public int SpecialTokenCount => _before.Length + _behind.Length;

    /// <summary>Reads a folder's <c>tokenizer.json</c>, or where there is none its <c>vocab.txt</c> and <c>tokenizer_config.json</c>.</summary>
    /// <exception cref="ModelFormatException">There is no such file, it is damaged, or it holds a tokenizer of another kind, which the message names.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static WordPieceTokenizer Load(string folder) => Load(folder, lowerCases: false);

    /// <summary>As <see cref="Load(string)"/>; with <paramref name="lowerCases"/> texts are lower-cased although the tokenizer's own files leave their case.</summary>
    /// <remarks>Code point by code point, and special tokens written out in a text keep their meaning, as in sentence-transformers 6.</remarks>
    internal static WordPieceTokenizer Load(string folder, bool lowerCases)
    {
        TokenizerDefinition definition = TokenizerFolder.Read(folder);
        return new(lowerCases ? definition with { Normalization = definition.Normalization with { Lowercase = true } } : definition);
    }

    /// <summary>The id of a token (continuations with their prefix), null if it is unknown.</summary>
    public int? IdOf(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    /// <summary>The token of an id, null where no token has it.</summary>
    public string? TokenOf(int id) => (uint)id < (uint)_tokens.Length ? _tokens[id] : null;

    /// <summary>What first makes this tokenizer another than <paramref name="other"/>, as a clause for a message; null where both give every text the same ids.</summary>
    public string? DifferenceFrom(WordPieceTokenizer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return TokenizerDifference.Between(_definition, other._definition);
    }

    /// <summary>Writes the ids of <paramref name="text"/>, special tokens included, truncated at the end to fit.</summary>
    /// <remarks>Stops reading once the result is settled, and takes no memory that grows with the text.</remarks>
    /// <param name="text">Any text; an empty one gives the special tokens alone.</param>
    /// <param name="destination">At least <see cref="SpecialTokenCount"/> long; its length is the maximum length.</param>
    /// <param name="truncated">Whether tokens of the text were left out.</param>
    /// <returns>The number of ids written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> cannot hold the special tokens.</exception>
    public int Encode(ReadOnlySpan<char> text, Span<int> destination, out bool truncated) =>
        Encode(text, destination, out truncated, out _);

    /// <summary>As the other form; also tells how far the text was read when the result was settled, all of it where it never was.</summary>
    /// <remarks>What stands more than <see cref="Lookahead"/> characters behind that place cannot change the result.</remarks>
    internal int Encode(ReadOnlySpan<char> text, Span<int> destination, out bool truncated, out int read)
    {
        if (destination.Length < SpecialTokenCount)
            throw new ArgumentException($"The destination holds {destination.Length} ids; the special tokens alone take {SpecialTokenCount}.", nameof(destination));
        TokenWriter writer = TokenWriter.Into(destination[_before.Length..^_behind.Length]);
        read = _encoder.Encode(text, ref writer);
        truncated = writer.Overflowed;
        int end = _before.Length + writer.Kept.Length;
        _before.CopyTo(destination);
        _behind.CopyTo(destination[end..]);
        return end + _behind.Length;
    }

    /// <summary>The ids of <paramref name="text"/>, special tokens included.</summary>
    /// <param name="text">Any text; an empty one gives the special tokens alone.</param>
    /// <param name="maxLength">Tokens the result may have, special tokens included; null for the whole text.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> has no room for the special tokens.</exception>
    public int[] Encode(string text, int? maxLength = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        int room = Room(maxLength, SpecialTokenCount);
        TokenWriter writer = TokenWriter.UpTo(room, maxLength is null ? null : room + 1);
        try
        {
            _encoder.Encode(text, ref writer);
            return [.. _before, .. writer.Kept, .. _behind];
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>The ids of two texts as one sequence, special tokens included.</summary>
    /// <param name="first">Any text.</param>
    /// <param name="second">Any text.</param>
    /// <param name="maxLength">Tokens the result may have, special tokens included; the longer text gives way first. Null for the whole texts.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> has no room for the special tokens.</exception>
    public TokenizedPair EncodePair(string first, string second, int? maxLength = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        int room = Room(maxLength, _template.Pair.Count(part => !part.IsText));

        // Which text is longer matters only where an odd token is left over; else counting may end beyond the room.
        bool countsAll = maxLength is null || room % 2 == 1;
        TokenWriter firstWriter = TokenWriter.UpTo(room, countsAll ? null : room + 1), secondWriter = default;
        try
        {
            _encoder.Encode(first, ref firstWriter);
            secondWriter = TokenWriter.UpTo(room, maxLength is null ? null : Math.Max(room, firstWriter.Count) + 1);
            _encoder.Encode(second, ref secondWriter);
            (int keptFirst, int keptSecond) = PairTruncation.LongestFirst(firstWriter.Count, secondWriter.Count, room);
            bool truncated = keptFirst < firstWriter.Count || keptSecond < secondWriter.Count;
            return Join(firstWriter.Kept[..keptFirst], secondWriter.Kept[..keptSecond], truncated);
        }
        finally
        {
            firstWriter.Dispose();
            secondWriter.Dispose();
        }
    }

    private static int Room(int? maxLength, int specialTokens)
    {
        if (maxLength is not { } length)
            return int.MaxValue;
        ArgumentOutOfRangeException.ThrowIfLessThan(length, specialTokens, nameof(maxLength));
        return length - specialTokens;
    }

    private TokenizedPair Join(ReadOnlySpan<int> first, ReadOnlySpan<int> second, bool truncated)
    {
        List<int> ids = new(first.Length + second.Length + _template.Pair.Count), typeIds = new(ids.Capacity);
        foreach (TemplatePart part in _template.Pair)
        {
            if (!part.IsText)
                ids.Add(part.Value);
            else
                ids.AddRange(part.Value == 0 ? first : second);
            while (typeIds.Count < ids.Count)
                typeIds.Add(part.TypeId);
        }

        return new TokenizedPair([.. ids], [.. typeIds], truncated);
    }
}
