using System.Text.Json;
using MedEmbed.Tokenization;

namespace MedEmbed.Benchmarks.Tokenization;

/// <summary>Tokenises odd texts with both and prints where they differ.</summary>
internal static class DifferenceSearch
{
    private const int MostShown = 10;

    public static async Task<int> RunAsync(string here, IReadOnlyList<string> folders, string corpus, int count, int seed)
    {
        string[] texts = Documents.Read(corpus);
        using ReferenceProcess reference = new(here, threads: 1);
        int different = 0;
        foreach (string folder in folders)
        {
            string file = Path.GetFullPath(Path.Combine(folder, "tokenizer.json"));
            await reference.AskAsync(new { tokenizer = file });
            WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(folder);
            TextMutator mutator = new(texts, AddedTokens(file), seed);
            Random random = new(seed);
            int before = different;
            for (int i = 0; i < count; i++)
            {
                string text = mutator.Next();
                string? pair = random.Next(4) == 0 ? mutator.Next() : null;
                int? maxLength = random.Next(3) == 0 ? random.Next(4, 40) : null;
                JsonElement expected = await reference.AskAsync(new { text, pair, max_length = maxLength });
                if (!Same(tokenizer, text, pair, maxLength, expected) && different++ < MostShown)
                    Console.WriteLine(JsonSerializer.Serialize(new { folder, text, pair, maxLength, expected, ours = pair is null ? tokenizer.Encode(text, maxLength) : tokenizer.EncodePair(text, pair, maxLength).Ids }));
            }

            Console.WriteLine($"{Path.GetFileName(folder)}: {count} texts, {different - before} different");
        }

        return different == 0 ? 0 : 1;
    }

    private static bool Same(WordPieceTokenizer tokenizer, string text, string? pair, int? maxLength, JsonElement expected)
    {
        int[] ids = Integers(expected.GetProperty("ids"));
        if (pair is null)
            return tokenizer.Encode(text, maxLength).AsSpan().SequenceEqual(ids);
        TokenizedPair ours = tokenizer.EncodePair(text, pair, maxLength);
        return ours.Ids.AsSpan().SequenceEqual(ids) && ours.TypeIds.AsSpan().SequenceEqual(Integers(expected.GetProperty("type_ids")));
    }

    private static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetInt32())];

    private static string[] AddedTokens(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.GetProperty("added_tokens").EnumerateArray().Select(token => token.GetProperty("content").GetString()!)];
    }
}
