using System.Text.Json;

namespace MedEmbed.Tokenization.Loading;

/// <summary>Finds which files of a folder describe its tokenizer.</summary>
internal static class TokenizerFolder
{
    private static readonly (string File, string Kind)[] OtherKinds =
    [
        ("sentencepiece.bpe.model", "SentencePiece"),
        ("spiece.model", "SentencePiece"),
        ("tokenizer.model", "SentencePiece"),
        ("merges.txt", "byte-level BPE"),
        ("bpe.codes", "BPE"),
    ];

    /// <summary>Reads the tokenizer of <paramref name="folder"/>; <c>tokenizer.json</c> wins over the older files.</summary>
    public static TokenizerDefinition Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new ModelFormatException(folder, "there is no such folder. Give the folder that holds the model's files.");
        TokenizerConfig config = TokenizerConfig.Read(folder);
        string json = Path.Combine(folder, "tokenizer.json");
        if (File.Exists(json))
        {
            using JsonDocument document = JsonFile.Open(json);
            return TokenizerJson.Read(new JsonField(json, "", document.RootElement), config);
        }

        string vocabulary = Path.Combine(folder, "vocab.txt");
        if (File.Exists(vocabulary))
            return VocabularyFolder.Read(vocabulary, config);
        foreach ((string file, string kind) in OtherKinds)
        {
            if (File.Exists(Path.Combine(folder, file)))
            {
                throw new ModelFormatException(
                    Path.Combine(folder, file), $"this is a {kind} tokenizer; only BERT's WordPiece is supported. Use a model with a WordPiece vocabulary.");
            }
        }

        throw new ModelFormatException(folder, "holds no tokenizer: neither tokenizer.json nor vocab.txt is there. Copy the tokenizer's files beside the model.");
    }
}
