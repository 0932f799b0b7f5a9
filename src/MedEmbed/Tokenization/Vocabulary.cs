namespace MedEmbed.Tokenization;

/// <summary>The pieces of a WordPiece model and their ids.</summary>
/// <param name="Ids">Every piece, continuations with their prefix.</param>
/// <param name="ContinuationPrefix">Stands before a piece that does not begin a word.</param>
/// <param name="UnknownToken">The piece for words that cannot be made up of pieces.</param>
/// <param name="MaxWordLength">Longer words, in code points after normalisation, are unknown.</param>
internal sealed record Vocabulary(Dictionary<string, int> Ids, string ContinuationPrefix, string UnknownToken, int MaxWordLength)
{
    /// <summary>The largest <see cref="MaxWordLength"/> taken, so that a word needs bounded memory.</summary>
    public const int LongestWord = 65_536;

    /// <summary>The highest id taken, so that a file cannot ask for gigabytes.</summary>
    public const int HighestId = (1 << 24) - 1;

    /// <summary>The id of <see cref="UnknownToken"/>.</summary>
    public int UnknownId => Ids[UnknownToken];
}
