using System.Text.Json.Nodes;
using MedEmbed.Tokenization;

namespace MedEmbed.Tests.Tokenization;

public sealed class TokenizerFilesTests
{
    public static TheoryData<string, Action<JsonObject>, string> BadJson => new()
    {
        { "unigram", json => json["model"]!["type"] = "Unigram", "Unigram" },
        { "untyped unigram", json => json["model"] = JsonNode.Parse("""{"vocab":[["a",0.1]]}"""), "Unigram" },
        { "byte-level", json => json["model"] = JsonNode.Parse("""{"type":"BPE","vocab":{"\u0120":0},"merges":[]}"""), "byte-level BPE" },
        { "bpe", json => json["model"] = JsonNode.Parse("""{"type":"BPE","vocab":{"a":0},"merges":[]}"""), "BPE" },
        { "no model", json => json.Remove("model"), "\"model\" is missing" },
        { "no vocabulary", json => ((JsonObject)json["model"]!).Remove("vocab"), "\"vocab\" is missing" },
        { "vocabulary as list", json => json["model"]!["vocab"] = new JsonArray(), "\"model.vocab\" must be an object" },
        { "id as text", json => json["model"]!["vocab"]!["heart"] = "5", "\"model.vocab.heart\" must be an integer" },
        { "negative id", json => json["model"]!["vocab"]!["heart"] = -1, "\"model.vocab.heart\" must be an integer" },
        { "lying id", json => json["model"]!["vocab"]!["heart"] = 2_000_000_000, "\"model.vocab.heart\" must be an integer" },
        { "double id", json => json["model"]!["vocab"]!["heart"] = 6, "id 6 to both" },
        { "no unknown token", json => ((JsonObject)json["model"]!["vocab"]!).Remove("[UNK]"), "unknown token \"[UNK]\"" },
        { "no separator", json => Drop(json, "[SEP]"), "separator token \"[SEP]\"" },
        { "no classification token", json => Drop(json, "[CLS]"), "classification token \"[CLS]\"" },
        { "no padding", json => Drop(json, "[PAD]"), "padding token \"[PAD]\"" },
        { "endless words", json => json["model"]!["max_input_chars_per_word"] = 1_000_000_000, "max_input_chars_per_word" },
        { "other normaliser", json => json["normalizer"]!["type"] = "NFKC", "NFKC" },
        { "no normaliser", json => json["normalizer"] = null, "\"normalizer\" is missing" },
        { "flag as text", json => json["normalizer"]!["lowercase"] = "yes", "\"normalizer.lowercase\" must be true or false" },
        { "other pre-tokeniser", json => json["pre_tokenizer"]!["type"] = "Metaspace", "Metaspace" },
        { "other post-processor", json => json["post_processor"]!["type"] = "RobertaProcessing", "RobertaProcessing" },
        { "foreign separator", json => json["post_processor"]!["sep"] = new JsonArray("[SEP]", 999), "id 999" },
        { "template without text", json => json["post_processor"] = Template("""[{"SpecialToken":{"id":"[CLS]","type_id":0}}]"""), "text A once" },
        { "template with unknown token", json => json["post_processor"] = Template("""[{"SpecialToken":{"id":"[X]","type_id":0}},{"Sequence":{"id":"A","type_id":0}}]"""), "\"[X]\"" },
        { "added id taken", json => ((JsonArray)json["added_tokens"]!).Add((JsonNode)TinyTokenizer.Added(5, "<new>")), "which \"heart\" has" },
        { "added id of another", json => ((JsonArray)json["added_tokens"]!).Add((JsonNode)TinyTokenizer.Added(90, "heart")), "both must agree" },
        { "added twice", json => ((JsonArray)json["added_tokens"]!).Add((JsonNode)TinyTokenizer.Added(0, "[PAD]")), "added once" },
        { "added empty", json => ((JsonArray)json["added_tokens"]!).Add((JsonNode)TinyTokenizer.Added(90, "")), "is empty" },
        { "added normalised to nothing", json => ((JsonArray)json["added_tokens"]!).Add((JsonNode)TinyTokenizer.Added(90, "\u200B", normalized: true)), "nothing is left" },
        { "added with white space", json => ((JsonArray)json["added_tokens"]!).Add((JsonNode)TinyTokenizer.Added(90, "a ", normalized: true)), "white space at an edge" },
    };

    [Theory, MemberData(nameof(BadJson))]
    public void FaultOfTokenizerJsonNamesFileAndRule(string fault, Action<JsonObject> change, string expected)
    {
        using TinyTokenizer tiny = new();
        change(tiny.Json);
        ModelFormatException error = Assert.Throws<ModelFormatException>(tiny.LoadJson);
        Assert.True(error.Message.Contains(expected, StringComparison.Ordinal), $"{fault}: {error.Message}");
        Assert.Equal(tiny.PathOf("tokenizer.json"), error.File);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"\\ud800\":0}}}")]
    [InlineData("{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":0,\"a\":1}}}")]
    public void DamagedTokenizerJsonIsAFault(string content)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("tokenizer.json"), content);
        Assert.Equal(folder.File("tokenizer.json"), Assert.Throws<ModelFormatException>(() => WordPieceTokenizer.Load(folder.Path)).File);
    }

    [Fact]
    public void DeepNestingAndInvalidUtf8AreFaults()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("tokenizer.json"), string.Concat(Enumerable.Repeat("{\"a\":", 100_000)));
        Assert.Throws<ModelFormatException>(() => WordPieceTokenizer.Load(folder.Path));
        File.WriteAllBytes(folder.File("tokenizer.json"), [(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        Assert.Throws<ModelFormatException>(() => WordPieceTokenizer.Load(folder.Path));
    }

    [Theory]
    [InlineData("spiece.model", "SentencePiece")]
    [InlineData("sentencepiece.bpe.model", "SentencePiece")]
    [InlineData("merges.txt", "BPE")]
    [InlineData("config.json", "holds no tokenizer")]
    public void FolderWithoutWordPieceIsNamed(string file, string expected)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File(file), "");
        Assert.Contains(expected, Assert.Throws<ModelFormatException>(() => WordPieceTokenizer.Load(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<ModelFormatException>(() => WordPieceTokenizer.Load(folder.File("missing")));
    }

    [Fact]
    public void FaultOfVocabularyFileNamesTheLine()
    {
        using TinyTokenizer tiny = new();
        tiny.VocabularyLines.Add("heart");
        string message = Assert.Throws<ModelFormatException>(tiny.LoadVocabulary).Message;
        Assert.Contains($"line {tiny.VocabularyLines.Count}", message, StringComparison.Ordinal);
        Assert.Contains("line 6", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer_class", "\"BertJapaneseTokenizer\"", "BertJapaneseTokenizer")]
    [InlineData("model_max_length", "\"512\"", "model_max_length")]
    [InlineData("model_max_length", "0", "model_max_length")]
    [InlineData("do_lower_case", "1", "do_lower_case")]
    [InlineData("cls_token", "\"<s>\"", "<s>")]
    [InlineData("truncation_side", "\"left\"", "truncation_side")]
    [InlineData("additional_special_tokens", "[\"[NEW]\"]", "[NEW]")]
    public void FaultOfTheConfigurationIsNamed(string field, string value, string expected)
    {
        using TinyTokenizer tiny = new();
        tiny.Config[field] = JsonNode.Parse(value);
        Assert.Contains(expected, Assert.Throws<ModelFormatException>(tiny.LoadVocabulary).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VocabularyFileNeedsItsConfiguration()
    {
        using TinyTokenizer tiny = new();
        _ = tiny.LoadVocabulary();
        File.Delete(tiny.PathOf("tokenizer_config.json"));
        Assert.Contains("do_lower_case", Assert.Throws<ModelFormatException>(() => WordPieceTokenizer.Load(tiny.Folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("512", 512)]
    [InlineData("1000000000000000019884624838656", null)]
    [InlineData("1e30", null)]
    [InlineData("null", null)]
    public void MaximumLengthIsANumberOrNone(string value, int? expected)
    {
        using TinyTokenizer tiny = new();
        tiny.Config["model_max_length"] = JsonNode.Parse(value);
        Assert.Equal(expected, tiny.LoadJson().ModelMaxLength);
    }

    [Fact]
    public void SpecialTokensMayBeObjectsInTheMap()
    {
        using TinyTokenizer tiny = new();
        tiny.VocabularyLines[3] = "</s>";
        File.WriteAllText(tiny.PathOf("special_tokens_map.json"), """{"sep_token":{"content":"</s>","lstrip":false,"normalized":false}}""");
        WordPieceTokenizer tokenizer = tiny.LoadVocabulary();
        Assert.Equal(3, tokenizer.SepId);
        Assert.Equal([2, TinyTokenizer.IdOf("heart"), 3, 3], tokenizer.Encode("heart</s>"));
    }

    private static void Drop(JsonObject json, string token)
    {
        ((JsonObject)json["model"]!["vocab"]!).Remove(token);
        JsonArray added = (JsonArray)json["added_tokens"]!;
        added.Remove(added.First(node => (string)node!["content"]! == token));
    }

    private static JsonObject Template(string single) => new JsonObject
    {
        ["type"] = "TemplateProcessing",
        ["single"] = JsonNode.Parse(single),
        ["pair"] = new JsonArray(),
        ["special_tokens"] = JsonNode.Parse("""{"[CLS]":{"id":"[CLS]","ids":[2],"tokens":["[CLS]"]}}"""),
    };
}
