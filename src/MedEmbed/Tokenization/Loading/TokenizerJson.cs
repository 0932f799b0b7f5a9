using System.Text.Json;

namespace MedEmbed.Tokenization.Loading;

/// <summary>Reads <c>tokenizer.json</c>, the Hugging Face tokenizers library's own file.</summary>
internal static class TokenizerJson
{
    public static TokenizerDefinition Read(JsonField root, TokenizerConfig config)
    {
        Vocabulary vocabulary = ReadModel(root.Require("model"));
        BertNormalization normalization = ReadNormalizer(root);
        RequireBertPreTokenizer(root);
        IReadOnlyList<AddedToken> added = root.Find("added_tokens") is { } list
            ? AddedTokenIds.Resolve(vocabulary, [.. list.Items().Select(item => (item, SpecialTokenReader.Token(item)))])
            : [];
        return SpecialTokens.Check(root.File, new TokenizerDefinition(
            vocabulary,
            normalization,
            added,
            PostProcessorJson.Read(root),
            config.Names with { Unknown = vocabulary.UnknownToken },
            config.ModelMaxLength));
    }

    private static Vocabulary ReadModel(JsonField model)
    {
        string kind = KindOf(model);
        if (kind != "WordPiece")
            throw model.Fault($"is a {kind} tokenizer; only BERT's WordPiece is supported. Use a model with a WordPiece vocabulary.");
        JsonField field = model.Require("vocab");
        if (!field.IsObject)
            throw field.Fault("must be an object of pieces and ids.");
        Dictionary<string, int> ids = [];
        Dictionary<int, string> pieces = [];
        foreach (JsonProperty entry in field.Value.EnumerateObject())
        {
            string piece = NameOf(entry, field);
            int id = new JsonField(field.File, $"{field.Path}.{piece}", entry.Value).Integer(0, Vocabulary.HighestId);
            if (!pieces.TryAdd(id, piece))
                throw field.Fault($"gives id {id} to both \"{pieces[id]}\" and \"{piece}\"; every piece has its own. Fetch the file again.");
            ids.Add(piece, id);
        }

        string unknown = model.Text("unk_token", "[UNK]");
        if (!ids.ContainsKey(unknown))
            throw field.Fault($"lacks the unknown token \"{unknown}\" that \"model.unk_token\" names. Fetch the file again.");
        return new Vocabulary(
            ids,
            model.Text("continuing_subword_prefix", "##"),
            unknown,
            model.Find("max_input_chars_per_word")?.Integer(0, Vocabulary.LongestWord) ?? 100);
    }

    // Files of the library's first versions give no type.
    private static string KindOf(JsonField model)
    {
        if (model.Find("type") is { } type)
            return Described(type.Text(), model);
        if (model.Find("merges") is not null)
            return Described("BPE", model);
        return model.Find("vocab") is { IsArray: true } ? "Unigram" : "WordPiece";
    }

    private static string Described(string type, JsonField model) =>
        type == "BPE" && model.Find("vocab") is { IsObject: true } vocabulary && vocabulary.Find("\u0120") is not null ? "byte-level BPE" : type;

    private static string NameOf(JsonProperty entry, JsonField vocabulary)
    {
        try
        {
            return entry.Name;
        }
        catch (InvalidOperationException cause)
        {
            throw new ModelFormatException(vocabulary.File, $"field \"{vocabulary.Path}\" holds a piece that is no valid Unicode. Fetch the file again.", cause);
        }
    }

    private static BertNormalization ReadNormalizer(JsonField root)
    {
        JsonField normalizer = Only(root.Require("normalizer"), "normalizers");
        string type = normalizer.Require("type").Text();
        if (type != "BertNormalizer")
            throw normalizer.Fault($"is a {type}; a WordPiece tokenizer is read only with a BertNormalizer. Use a BERT model.");
        bool lowercase = normalizer.Require("lowercase").Flag();
        return new BertNormalization(
            normalizer.Require("clean_text").Flag(),
            normalizer.Require("handle_chinese_chars").Flag(),
            normalizer.Find("strip_accents")?.Flag() ?? lowercase,
            lowercase);
    }

    private static void RequireBertPreTokenizer(JsonField root)
    {
        JsonField splitter = Only(root.Require("pre_tokenizer"), "pretokenizers");
        string type = splitter.Require("type").Text();
        if (type != "BertPreTokenizer")
            throw splitter.Fault($"is a {type}; a WordPiece tokenizer is read only with a BertPreTokenizer. Use a BERT model.");
    }

    // A sequence of one is that one.
    private static JsonField Only(JsonField field, string list) =>
        field.Find("type") is { IsString: true } type && type.Text() == "Sequence" && field.Find(list) is { IsArray: true } parts && parts.Value.GetArrayLength() == 1
            ? parts.Items().First()
            : field;
}
