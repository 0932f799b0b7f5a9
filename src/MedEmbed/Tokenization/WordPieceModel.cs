namespace MedEmbed.Tokenization;

/// <summary>Splits one normalised word into the longest known pieces from the left (WordPiece; Devlin et al. 2019). Immutable and thread-safe.</summary>
internal sealed class WordPieceModel
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _first;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _continuation;
    private readonly int _longestFirst;
    private readonly int _longestContinuation;
    private readonly int[] _asciiCharacters = new int[128];

    public WordPieceModel(Vocabulary vocabulary)
    {
        string prefix = vocabulary.ContinuationPrefix;
        Dictionary<string, int> first = vocabulary.Ids, continuation = [];
        foreach ((string piece, int id) in first)
        {
            if (piece.StartsWith(prefix, StringComparison.Ordinal) && piece.Length > prefix.Length)
                continuation[piece[prefix.Length..]] = id;
        }

        _first = first.GetAlternateLookup<ReadOnlySpan<char>>();
        _continuation = continuation.GetAlternateLookup<ReadOnlySpan<char>>();
        _longestFirst = first.Keys.Max(piece => piece.Length);
        _longestContinuation = continuation.Keys.Select(piece => piece.Length).DefaultIfEmpty().Max();
        (UnknownId, MaxWordLength) = (vocabulary.UnknownId, vocabulary.MaxWordLength);
        Ascii = new AsciiPieces(first, continuation, UnknownId);
        for (char c = '\0'; c < _asciiCharacters.Length; c++)
            _asciiCharacters[c] = MaxWordLength > 0 && _first.TryGetValue([c], out int id) ? id : UnknownId;
    }

    public int UnknownId { get; }

    /// <summary>Code points a word may have.</summary>
    public int MaxWordLength { get; }

    /// <summary>The same pieces for short words of ASCII letters and digits.</summary>
    public AsciiPieces Ascii { get; }

    /// <summary>The token of a word that is one ASCII character.</summary>
    public int IdOfAscii(char character) => _asciiCharacters[character];

    /// <summary>Adds the pieces of <paramref name="word"/>, which is not longer than <see cref="MaxWordLength"/>, or the unknown token.</summary>
    public void Tokenize(ReadOnlySpan<char> word, ref TokenWriter writer)
    {
        int before = writer.Count;
        for (int start = 0; start < word.Length;)
        {
            int length = start == 0
                ? LongestMatch(_first, _longestFirst, word, out int id)
                : LongestMatch(_continuation, _longestContinuation, word[start..], out id);
            if (length == 0)
            {
                writer.TakeBack(before);
                writer.Add(UnknownId);
                return;
            }

            writer.Add(id);
            start += length;
        }
    }

    // A piece may not end within a surrogate pair; no piece of the vocabulary holds half a pair, so none does.
    private static int LongestMatch(
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> pieces, int longest, ReadOnlySpan<char> word, out int id)
    {
        for (int length = Math.Min(longest, word.Length); length > 0; length--)
        {
            if (pieces.TryGetValue(word[..length], out id))
                return length;
        }

        id = 0;
        return 0;
    }
}
