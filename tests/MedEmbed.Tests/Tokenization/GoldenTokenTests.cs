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
            AssertAll(WordPieceTokenizer.Load(copy.Path), cases);
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
