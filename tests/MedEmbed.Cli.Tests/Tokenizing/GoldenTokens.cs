using System.Text.Json;

namespace MedEmbed.Cli.Tests.Tokenizing;

/// <summary>A line of <c>golden/tokens.jsonl</c>.</summary>
/// <param name="Line">The input that the command gets.</param>
/// <param name="Ids">The ids it must give.</param>
/// <param name="TypeIds">The types it must give; null for a single text.</param>
internal sealed record GoldenTokens(string Line, int[] Ids, int[]? TypeIds)
{
    /// <summary>The cases of one tokenizer and maximum length.</summary>
    public static ILookup<(string Tokenizer, int? MaxLength), GoldenTokens> ReadAll()
    {
        var cases = File.ReadLines(SharedFiles.Require("golden/tokens.jsonl")).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        return cases.ToLookup(
            golden => (golden.GetProperty("tokenizer").GetString()!, OptionalNumber(golden, "max_length")),
            golden => new GoldenTokens(InputOf(golden), Numbers(golden.GetProperty("ids")), OptionalNumbers(golden, "type_ids")));
    }

    /// <summary>The folder of a tokenizer that the cases name.</summary>
    public static string FolderOf(string tokenizer) =>
        SharedFiles.Has($"golden/tokenizers/{tokenizer}")
            ? SharedFiles.Require($"golden/tokenizers/{tokenizer}")
            : SharedFiles.Require($"models/{tokenizer}");

    public static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];

    // White space at a text's ends is taken off in reading, as MTEB does; it makes no tokens.
    private static string InputOf(JsonElement golden) =>
        golden.TryGetProperty("pair", out JsonElement pair) && pair.ValueKind == JsonValueKind.String
            ? $$"""{"text":{{golden.GetProperty("text").GetRawText()}},"pair":{{pair.GetRawText()}}}"""
            : $$"""{"text":{{golden.GetProperty("text").GetRawText()}}}""";

    private static int? OptionalNumber(JsonElement golden, string name) =>
        golden.TryGetProperty(name, out JsonElement number) && number.ValueKind == JsonValueKind.Number ? number.GetInt32() : null;

    private static int[]? OptionalNumbers(JsonElement golden, string name) =>
        golden.TryGetProperty(name, out JsonElement array) && array.ValueKind == JsonValueKind.Array ? Numbers(array) : null;
}
