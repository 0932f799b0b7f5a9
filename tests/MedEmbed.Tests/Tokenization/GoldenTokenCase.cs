using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedEmbed.Tests.Tokenization;

/// <summary>A line of <c>golden/tokens.jsonl</c>.</summary>
public sealed record GoldenTokenCase
{
    [JsonPropertyName("tokenizer")]
    public required string Tokenizer { get; init; }

    [JsonPropertyName("text")]
    public required string Text { get; init; }

    [JsonPropertyName("pair")]
    public string? Pair { get; init; }

    [JsonPropertyName("max_length")]
    public int? MaxLength { get; init; }

    [JsonPropertyName("ids")]
    public required int[] Ids { get; init; }

    [JsonPropertyName("type_ids")]
    public int[]? TypeIds { get; init; }

    /// <summary>All cases by tokenizer, from the shared folder that the running test requires.</summary>
    public static ILookup<string, GoldenTokenCase> ReadAll() =>
        File.ReadLines(SharedFiles.Require("golden/tokens.jsonl"))
            .Select(line => JsonSerializer.Deserialize<GoldenTokenCase>(line)!)
            .ToLookup(golden => golden.Tokenizer);

    /// <summary>The folder of a tokenizer that the cases name.</summary>
    public static string FolderOf(string tokenizer) =>
        SharedFiles.Has($"golden/tokenizers/{tokenizer}")
            ? SharedFiles.Require($"golden/tokenizers/{tokenizer}")
            : SharedFiles.Require($"models/{tokenizer}");
}
