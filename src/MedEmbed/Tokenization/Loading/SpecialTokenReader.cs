using System.Globalization;
using System.Text.Json;

namespace MedEmbed.Tokenization.Loading;

/// <summary>Reads the special and added tokens of <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c>: plain texts, or objects with flags.</summary>
internal sealed class SpecialTokenReader(JsonField config, JsonField map)
{
    private static readonly string[] Fields = ["unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    public SpecialTokenNames Names()
    {
        SpecialTokenNames bert = new();
        return new SpecialTokenNames
        {
            Cls = Find("cls_token")?.Content ?? bert.Cls,
            Sep = Find("sep_token")?.Content ?? bert.Sep,
            Pad = Find("pad_token")?.Content ?? bert.Pad,
            Unknown = Find("unk_token")?.Content ?? bert.Unknown,
            Mask = Find("mask_token")?.Content ?? bert.Mask,
        };
    }

    /// <summary>Every token that the files want found in the text, without double ones; the flags of <c>added_tokens_decoder</c> count first.</summary>
    public IReadOnlyList<AddedToken> AddedTokens()
    {
        IEnumerable<AddedToken> decoder = config.Find("added_tokens_decoder") is { } field ? Decoder(field) : [];
        IEnumerable<AddedToken> named = Fields.Select(Find).OfType<AddedToken>();
        IEnumerable<AddedToken> additional = new[] { config, map }
            .Select(file => file.Find("additional_special_tokens"))
            .OfType<JsonField>()
            .SelectMany(list => list.Items().Select(Token));
        return [.. decoder.Concat(named).Concat(additional).DistinctBy(token => token.Content)];
    }

    /// <summary>A token from its text, or from an object as <c>added_tokens</c> has them; the id is -1 if none is given.</summary>
    public static AddedToken Token(JsonField field)
    {
        if (field.IsString)
            return new AddedToken(-1, NotEmpty(field), SingleWord: false, Normalized: false);
        if (!field.IsObject)
            throw field.Fault("must be a string or an object with \"content\".");
        bool special = field.Flag("special", true);
        return new AddedToken(
            field.Find("id")?.Integer(0, Vocabulary.HighestId) ?? -1,
            NotEmpty(field.Require("content")),
            field.Flag("single_word", false),
            field.Flag("normalized", !special));
    }

    private static IEnumerable<AddedToken> Decoder(JsonField field)
    {
        if (!field.IsObject)
            throw field.Fault("must be an object of ids and tokens.");
        foreach (JsonProperty entry in field.Value.EnumerateObject())
        {
            JsonField token = new(field.File, $"{field.Path}.{entry.Name}", entry.Value);
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id > Vocabulary.HighestId)
                throw token.Fault("must have an id as its name.");
            yield return Token(token) with { Id = id };
        }
    }

    private static string NotEmpty(JsonField field) =>
        field.Text() is { Length: > 0 } text ? text : throw field.Fault("is empty; a token has at least one character. Fix or remove it.");

    private AddedToken? Find(string name) =>
        (config.Find(name) ?? map.Find(name)) is { } field ? Token(field) : null;
}
