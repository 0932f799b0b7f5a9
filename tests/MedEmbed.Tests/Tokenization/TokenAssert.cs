using System.Text.Json;
using MedEmbed.Tokenization;

namespace MedEmbed.Tests.Tokenization;

/// <summary>Compares token ids and tells where they part, with the tokens around.</summary>
public static class TokenAssert
{
    public static void Equal(ReadOnlySpan<int> expected, ReadOnlySpan<int> actual, WordPieceTokenizer tokenizer, string text)
    {
        if (expected.SequenceEqual(actual))
            return;
        int same = expected.CommonPrefixLength(actual);
        Assert.Fail(
            $"Ids part at {same} (expected {expected.Length}, got {actual.Length}): " +
            $"expected {Around(expected, same, tokenizer)}, got {Around(actual, same, tokenizer)}, text {JsonSerializer.Serialize(text)}");
    }

    private static string Around(ReadOnlySpan<int> ids, int position, WordPieceTokenizer tokenizer)
    {
        int start = Math.Max(0, position - 3), end = Math.Min(ids.Length, position + 5);
        return string.Join(' ', ids[start..end].ToArray().Select(id => $"{tokenizer.TokenOf(id) ?? "?"}({id})"));
    }
}
