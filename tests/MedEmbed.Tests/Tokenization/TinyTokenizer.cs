using System.Text.Json;
using System.Text.Json.Nodes;
using MedEmbed.Tokenization;

namespace MedEmbed.Tests.Tokenization;

/// <summary>A folder with a small uncased tokenizer, whose files a test may change before it loads them.</summary>
public sealed class TinyTokenizer : IDisposable
{
    private static readonly string[] Pieces =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "heart", "attack", "##s", "##attack", "h", "##e", "##a", "##r", "##t", "i", "##\u0307",
        "-", "[", "]", "un", "##known", "naive", "\u4E2D", "a", "\u00E9", "e",
    ];

    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public JsonObject Json { get; } = new()
    {
        ["added_tokens"] = new JsonArray([.. Pieces.Take(5).Select((token, id) => Added(id, token))]),
        ["normalizer"] = new JsonObject
        {
            ["type"] = "BertNormalizer",
            ["clean_text"] = true,
            ["handle_chinese_chars"] = true,
            ["strip_accents"] = null,
            ["lowercase"] = true,
        },
        ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
        ["post_processor"] = new JsonObject
        {
            ["type"] = "BertProcessing",
            ["cls"] = new JsonArray("[CLS]", 2),
            ["sep"] = new JsonArray("[SEP]", 3),
        },
        ["model"] = new JsonObject
        {
            ["type"] = "WordPiece",
            ["unk_token"] = "[UNK]",
            ["continuing_subword_prefix"] = "##",
            ["max_input_chars_per_word"] = 100,
            ["vocab"] = new JsonObject(Pieces.Select((piece, id) => KeyValuePair.Create(piece, (JsonNode?)id))),
        },
    };

    public JsonObject Config { get; } = new() { ["tokenizer_class"] = "BertTokenizer", ["do_lower_case"] = true, ["model_max_length"] = 512 };

    public List<string> VocabularyLines { get; } = [.. Pieces];

    public static JsonObject Added(int id, string content, bool singleWord = false, bool normalized = false) => new()
    {
        ["id"] = id,
        ["content"] = content,
        ["single_word"] = singleWord,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = normalized,
        ["special"] = !normalized,
    };

    public static int IdOf(string piece) => Array.IndexOf(Pieces, piece);

    /// <summary>Adds a token with the next id and returns the id.</summary>
    public int Add(string content, bool singleWord = false, bool normalized = false)
    {
        JsonArray added = (JsonArray)Json["added_tokens"]!;
        int id = Pieces.Length + added.Count;
        added.Add((JsonNode)Added(id, content, singleWord, normalized));
        return id;
    }

    public string PathOf(string file) => _folder.File(file);

    public WordPieceTokenizer LoadJson()
    {
        File.WriteAllText(PathOf("tokenizer.json"), Json.ToJsonString());
        File.WriteAllText(PathOf("tokenizer_config.json"), Config.ToJsonString());
        return WordPieceTokenizer.Load(Folder);
    }

    public WordPieceTokenizer LoadVocabulary()
    {
        File.WriteAllText(PathOf("vocab.txt"), string.Join('\n', VocabularyLines) + "\n");
        File.WriteAllText(PathOf("tokenizer_config.json"), JsonSerializer.Serialize(Config));
        return WordPieceTokenizer.Load(Folder);
    }

    /// <summary>The ids between the special tokens.</summary>
    public static int[] Inner(WordPieceTokenizer tokenizer, string text) => tokenizer.Encode(text)[1..^1];

    public void Dispose() => _folder.Dispose();
}
