using System.Text;
using MedEmbed.Tokenization.Unicode;

namespace MedEmbed.Tokenization.Loading;

/// <summary>Reads the older form: <c>vocab.txt</c>, a piece a line, with <c>tokenizer_config.json</c> for the rest.</summary>
internal static class VocabularyFolder
{
    private const int DefaultLongestWord = 100;

    private static readonly string[] WordPieceClasses = ["Bert", "DistilBert", "Electra", "MobileBert", "ConvBert"];

    public static TokenizerDefinition Read(string vocabularyFile, TokenizerConfig config)
    {
        if (!config.Exists)
            throw new ModelFormatException(config.File, "missing; beside a vocab.txt it says whether texts are lower-cased (do_lower_case). Copy it, or a tokenizer.json, from the model's source.");
        RequireWordPiece(config);
        Dictionary<string, int> ids = ReadPieces(vocabularyFile);
        foreach (string token in (string[])[config.Names.Unknown, config.Names.Cls, config.Names.Sep, config.Names.Pad])
        {
            if (!ids.ContainsKey(token))
                throw new ModelFormatException(vocabularyFile, $"lacks the special token \"{token}\". Name the right one in tokenizer_config.json, or fetch the file again.");
        }

        return SpecialTokens.Check(vocabularyFile, new TokenizerDefinition(
            new Vocabulary(ids, "##", config.Names.Unknown, DefaultLongestWord),
            new BertNormalization(CleanText: true, config.HandleChineseChars, config.StripAccents ?? config.Lowercase, config.Lowercase),
            AddedTokens(ids, config),
            SpecialTokenTemplate.Bert(ids[config.Names.Cls], ids[config.Names.Sep]),
            config.Names,
            config.ModelMaxLength));
    }

    private static void RequireWordPiece(TokenizerConfig config)
    {
        if (config.TokenizerClass is not { } name || name.StartsWith("PreTrainedTokenizer", StringComparison.Ordinal))
            return;
        if (!WordPieceClasses.Any(known => name == known + "Tokenizer" || name == known + "TokenizerFast"))
            throw new ModelFormatException(config.File, $"field \"tokenizer_class\" is {name}; only BERT's WordPiece is supported with a vocab.txt. Use a BERT model.");
    }

    private static Dictionary<string, int> ReadPieces(string path)
    {
        using StreamReader reader = new(JsonFile.OpenBounded(path), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        Dictionary<string, int> ids = [];
        int id = 0;
        try
        {
            foreach (string line in Lines(reader.ReadToEnd()))
            {
                // A blank line counts, as in the original, but no word is ever blank.
                string piece = TrimEnd(line);
                if (piece.Length > 0 && !ids.TryAdd(piece, id))
                    throw new ModelFormatException(path, $"line {id + 1}: \"{piece}\" stands on line {ids[piece] + 1} already; every piece has one line. Fetch the file again.");
                id++;
            }
        }
        catch (DecoderFallbackException cause)
        {
            throw new ModelFormatException(path, $"not valid UTF-8 at byte {cause.Index}. Fetch the file again.", cause);
        }

        return id <= Vocabulary.HighestId ? ids : throw new ModelFormatException(path, $"{id} lines; a vocabulary may have {Vocabulary.HighestId}. Check that it is the right file.");
    }

    // By line feeds alone: pieces may hold what other readers take for the end of a line.
    private static IEnumerable<string> Lines(string text)
    {
        string[] lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines.SkipLast(1) : lines;
    }

    private static string TrimEnd(string line)
    {
        int end = line.Length;
        while (end > 0 && (UnicodeTable.Default.TraitsOf(line[end - 1]) & CodePointTraits.WhiteSpace) != 0)
            end--;
        return line[..end];
    }

    private static List<AddedToken> AddedTokens(Dictionary<string, int> ids, TokenizerConfig config)
    {
        Dictionary<int, string> owners = ids.ToDictionary(piece => piece.Value, piece => piece.Key);
        List<AddedToken> result = [];
        foreach (AddedToken token in config.AddedTokens)
        {
            if (ids.TryGetValue(token.Content, out int id))
            {
                if (token.Id >= 0 && token.Id != id)
                    throw new ModelFormatException(config.File, $"field \"added_tokens_decoder\" gives \"{token.Content}\" the id {token.Id}, vocab.txt {id}; both must agree. Fetch the files again.");
                result.Add(token with { Id = id });
            }
            else if (token.Id >= 0)
            {
                if (!owners.TryAdd(token.Id, token.Content))
                    throw new ModelFormatException(config.File, $"field \"added_tokens_decoder\" gives \"{token.Content}\" the id {token.Id}, which \"{owners[token.Id]}\" has. Fetch the files again.");
                result.Add(token);
            }
            else if (token.Content != config.Names.Mask)
            {
                throw new ModelFormatException(config.File, $"the token \"{token.Content}\" has no id: it is neither in vocab.txt nor in \"added_tokens_decoder\". Remove it or add it there.");
            }
        }

        return result;
    }
}
