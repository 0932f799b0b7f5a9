using System.Text.Json;
using MedEmbed.Tokenization;

namespace MedEmbed.Tests.Tokenization;

[Trait("Category", "Golden")]
public sealed class GoldenTokenTests
{
    [Fact]
    public void IdsEqualHuggingFaceFromTokenizerJson()
    {
        foreach (IGrouping<string, GoldenTokenCase> cases in GoldenTokenCase.ReadAll())
            AssertAll(WordPieceTokenizer.Load(GoldenTokenCase.FolderOf(cases.Key)), cases);
    }

    [Fact]
    public void IdsEqualHuggingFaceFromVocabularyFile()
    {
        foreach (IGrouping<string, GoldenTokenCase> cases in GoldenTokenCase.ReadAll())
        {
            string folder = GoldenTokenCase.FolderOf(cases.Key);
            using TemporaryFolder copy = new();
            foreach (string file in (string[])["vocab.txt", "tokenizer_config.json"])
                File.Copy(Path.Combine(folder, file), copy.File(file));

            // The older files do not name every token that tokenizer.json adds; texts that spell those out must differ.
            string[] unnamed = UnnamedTokens(folder);
            AssertAll(WordPieceTokenizer.Load(copy.Path), cases.Where(golden => !unnamed.Any(token => $"{golden.Text}\n{golden.Pair}".Contains(token, StringComparison.Ordinal))));
        }
    }

    [Fact]
    public void TruncatedIdsInASpanEqualHuggingFace()
    {
        foreach (IGrouping<string, GoldenTokenCase> cases in GoldenTokenCase.ReadAll())
        {
            WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(GoldenTokenCase.FolderOf(cases.Key));
            foreach (GoldenTokenCase golden in cases.Where(golden => golden.Pair is null))
            {
                int[] destination = new int[golden.MaxLength ?? golden.Ids.Length];
                int count = tokenizer.Encode(golden.Text, destination, out bool truncated);
                TokenAssert.Equal(golden.Ids, destination.AsSpan(0, count), tokenizer, golden.Text);
                Assert.Equal(tokenizer.Encode(golden.Text).Length > golden.Ids.Length, truncated);
            }
        }
    }

    private static string[] UnnamedTokens(string folder)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "tokenizer.json")));
        string config = File.ReadAllText(Path.Combine(folder, "tokenizer_config.json"));
        return
        [
            .. json.RootElement.GetProperty("added_tokens").EnumerateArray()
                .Select(token => token.GetProperty("content").GetString()!)
                .Where(token => !config.Contains(JsonSerializer.Serialize(token), StringComparison.Ordinal)),
        ];
    }

    private static void AssertAll(WordPieceTokenizer tokenizer, IEnumerable<GoldenTokenCase> cases)
    {
        foreach (GoldenTokenCase golden in cases)
        {
            if (golden.Pair is null)
            {
                TokenAssert.Equal(golden.Ids, tokenizer.Encode(golden.Text, golden.MaxLength), tokenizer, golden.Text);
                continue;
            }

            TokenizedPair pair = tokenizer.EncodePair(golden.Text, golden.Pair, golden.MaxLength);
            TokenAssert.Equal(golden.Ids, pair.Ids, tokenizer, $"{golden.Text}\n+ {golden.Pair}");
            Assert.Equal(golden.TypeIds!, pair.TypeIds);
        }
    }
}
