using System.Text.Json;

namespace MedEmbed.Tokenization.Loading;

/// <summary>What <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> say, the former first.</summary>
internal sealed record TokenizerConfig
{
    // Hugging Face writes 1e30 where a tokenizer knows no bound.
    private const double HighestLength = 1e9;

    /// <summary>The path of <c>tokenizer_config.json</c>, whether it exists or not.</summary>
    public required string File { get; init; }

    public bool Exists { get; init; }

    public SpecialTokenNames Names { get; init; } = new();

    public int? ModelMaxLength { get; init; }

    public string? TokenizerClass { get; init; }

    public bool Lowercase { get; init; } = true;

    public bool? StripAccents { get; init; }

    public bool HandleChineseChars { get; init; } = true;

    /// <summary>Tokens to be found in the text; an id of -1 where the file gives none.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    public static TokenizerConfig Read(string folder)
    {
        string path = Path.Combine(folder, "tokenizer_config.json"), mapPath = Path.Combine(folder, "special_tokens_map.json");
        using JsonDocument? document = System.IO.File.Exists(path) ? JsonFile.Open(path) : null;
        using JsonDocument? map = System.IO.File.Exists(mapPath) ? JsonFile.Open(mapPath) : null;
        JsonField root = new(path, "", document?.RootElement ?? default), mapRoot = new(mapPath, "", map?.RootElement ?? default);
        if (root.Find("truncation_side") is { } side && side.Text() != "right")
            throw side.Fault("must be \"right\": texts are truncated at the end. Use a model that is, or change the field.");
        SpecialTokenReader tokens = new(root, mapRoot);
        return new TokenizerConfig
        {
            File = path,
            Exists = document is not null,
            Names = tokens.Names(),
            ModelMaxLength = MaxLength(root),
            TokenizerClass = root.Find("tokenizer_class")?.Text(),
            Lowercase = root.Flag("do_lower_case", true),
            StripAccents = root.Find("strip_accents")?.Flag(),
            HandleChineseChars = root.Flag("tokenize_chinese_chars", true),
            AddedTokens = tokens.AddedTokens(),
        };
    }

    private static int? MaxLength(JsonField root)
    {
        if (root.Find("model_max_length") is not { } field)
            return null;
        if (field.Value.ValueKind != JsonValueKind.Number || !field.Value.TryGetDouble(out double length) || length < 1)
            throw field.Fault("must be a number of tokens, at least 1. Correct it or leave it out.");
        if (length > HighestLength)
            return null;
        return length == Math.Floor(length) ? (int)length : throw field.Fault("must be a whole number of tokens. Correct it or leave it out.");
    }
}
