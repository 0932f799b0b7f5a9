using System.Numerics.Tensors;
using CsCheck;
using MedEmbed.Encoding;
using MedEmbed.Models;
using MedEmbed.Tests.Graph;
using MedEmbed.Tests.Models;

namespace MedEmbed.Tests.Encoding;

public sealed class TextEncoderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void RowsStandInInputOrderAndDoNotDependOnTheBatch()
    {
        using var test = new TestEncoder();
        using TextEncoder alone = test.Open(new TextEncoderOptions { Threads = 1, BatchTokens = 1 }), batched = test.Open(new TextEncoderOptions { Threads = 2, BatchTokens = 300 });
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 30], Gen.Int[0, 6]).Select((word, times) => string.Concat(Enumerable.Repeat(word + " ", times))).Array[0, 40].Sample(
            texts =>
            {
                EmbeddingMatrix expected = Encode(alone, texts).Vectors, actual = Encode(batched, texts).Vectors;
                for (int i = 0; i < texts.Length; i++)
                {
                    float distance = TensorPrimitives.Distance<float>(expected[i], actual[i]);
                    Assert.True(distance <= 1e-6f, $"\"{texts[i]}\" is {distance} apart between batches.");
                }
            },
            iter: 40,
            threads: 1);
    }

    [Fact]
    public void NoTextsGiveNoRows()
    {
        using var test = new TestEncoder();
        using TextEncoder encoder = test.Open();
        Encoded encoded = Encode(encoder, []);
        Assert.Equal(0, encoded.Vectors.Rows);
        Assert.Equal(12, encoded.Vectors.Dimensions);
        Assert.Equal(EncodeReport.Empty, encoded.Report);
    }

    [Fact]
    public void AnEmptyTextIsItsSpecialTokens()
    {
        var model = new RandomModel();
        using var test = new TestEncoder(model);
        using TextEncoder encoder = test.Open();
        Encoded encoded = Encode(encoder, [""]);
        Assert.Equal(2, encoded.Report.Tokens);
        double[] expected = new ReferenceBert(model, model.ReadWeights(test.ModelFolder)).Encode([encoder.Tokenizer.ClsId, encoder.Tokenizer.SepId], 0);
        VectorAssert.Close(expected, encoded.Vectors[0], 1e-5, "the empty text");
    }

    [Fact]
    public async Task WrongArgumentsAreNamed()
    {
        using var test = new TestEncoder(new RandomModel { Prompts = new Dictionary<string, string> { ["topic"] = "t: " } });
        using TextEncoder encoder = test.Open();
        var nullText = await Assert.ThrowsAsync<ArgumentException>(async () => await encoder.EncodeAsync(["a", null!], EncodeOptions.Document, Token));
        Assert.Contains("Text 1 is null", nullText.Message, StringComparison.Ordinal);
        var prompt = await Assert.ThrowsAsync<ArgumentException>(async () => await encoder.EncodeAsync(["a"], new EncodeOptions { Prompt = Prompt.Named("absent") }, Token));
        Assert.Contains("topic", prompt.Message, StringComparison.Ordinal);
        foreach (int dimensions in (int[])[0, -1, 13])
            await Assert.ThrowsAsync<ArgumentException>(async () => await encoder.EncodeAsync(["a"], new EncodeOptions { Dimensions = dimensions }, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await encoder.EncodeAsync(new SameText(int.MaxValue), EncodeOptions.Document, Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.Open(new TextEncoderOptions { Threads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.Open(new TextEncoderOptions { BatchTokens = 0 }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FewerDimensionsAreTheFirstOnesScaledAgainWhereTheModelScales(bool normalizes)
    {
        using var test = new TestEncoder(new RandomModel { Normalize = normalizes });
        using TextEncoder encoder = test.Open();
        float[] whole = Encode(encoder, ["heart failure"]).Vectors[0].ToArray();
        var options = new EncodeOptions { Dimensions = 5 };
        float[] cut = Encode(encoder, ["heart failure"], options).Vectors[0].ToArray();
        Assert.Equal(5, cut.Length);
        float scale = normalizes ? 1 / TensorPrimitives.Norm<float>(whole.AsSpan(0, 5)) : 1;
        for (int i = 0; i < cut.Length; i++)
            Assert.Equal(whole[i] * scale, cut[i], 1e-6f);
    }

    [Fact]
    public void LongTextsAreTruncatedAndCounted()
    {
        using var test = new TestEncoder();
        using TextEncoder encoder = test.Open(new TextEncoderOptions { Overrides = new ModelOverrides { MaxLength = 6 } });
        string[] texts = ["heart failure heart failure", "heart failure heart failure heart", "heart"];
        Encoded encoded = Encode(encoder, texts);
        Assert.Equal(new EncodeReport(3, 6 + 6 + 3, 1, encoded.Report.PaddedTokens), encoded.Report);
        VectorAssert.Close([.. encoded.Vectors[0].ToArray().Select(value => (double)value)], encoded.Vectors[1], 1e-6, "the truncated text");
    }

    [Fact]
    public void AMaximumLengthWithoutRoomForTheSpecialTokensIsRefused()
    {
        using var test = new TestEncoder();
        Assert.Throws<ModelFormatException>(() => test.Open(new TextEncoderOptions { Overrides = new ModelOverrides { MaxLength = 1 } }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATextOfTenMegabytesTakesTheMemoryOfAPage(bool withPrompt)
    {
        using var test = new TestEncoder(new RandomModel { LowerCase = false, Prompts = new Dictionary<string, string> { ["query"] = "q: " } });
        File.WriteAllText(Path.Combine(test.ModelFolder, "sentence_bert_config.json"), """{"do_lower_case": true}""");
        using TextEncoder encoder = test.Open(new TextEncoderOptions { Threads = 1 });
        EncodeOptions options = withPrompt ? EncodeOptions.Query : EncodeOptions.Document;
        string page = string.Concat(Enumerable.Repeat("Heart failure ", 250)), book = string.Concat(Enumerable.Repeat(page, 3000));
        Assert.True(book.Length > 10_000_000);
        Encode(encoder, [page], options);
        long ofPage = Allocated(() => Encode(encoder, [page], options)), ofBook = Allocated(() => Encode(encoder, [book], options));
        Assert.True(ofBook < ofPage + 100_000, $"A page takes {ofPage} bytes, the book {ofBook}.");
        Encoded encoded = Encode(encoder, [page, book], options);
        Assert.Equal(2, encoded.Report.Truncated);
        Assert.Equal(2 * encoder.MaxLength, encoded.Report.Tokens);
    }

    [Fact]
    public void APromptBeforeALongTextGivesTheJoinedTextsTokens()
    {
        using var test = new TestEncoder(new RandomModel { Prompts = new Dictionary<string, string> { ["query"] = "find: he" } });
        using TextEncoder encoder = test.Open();
        string[] texts =
        [
            "art failure", "", new string(' ', 5000) + "heart", new string('x', 5000) + " heart", string.Concat(Enumerable.Repeat("[MASK]", 2000)),
            new string(' ', 48 * 16 - 4) + "[MASK] heart", string.Concat(Enumerable.Repeat("\u0301", 3000)) + "heart",
        ];
        EmbeddingMatrix prompted = Encode(encoder, texts, EncodeOptions.Query).Vectors;
        EmbeddingMatrix joined = Encode(encoder, [.. texts.Select(text => "find: he" + text)], new EncodeOptions { Prompt = Prompt.None }).Vectors;
        VectorAssert.Close(joined, prompted, 1e-6);
    }

    [Fact]
    public void TextsAreLowerCasedFirstWhereTheFolderSaysSo()
    {
        using var test = new TestEncoder(new RandomModel { LowerCase = false });
        string[] upper = ["HEART Failure", "[MASK] HbA1c", "\u0130 \u00C9"], lower = ["heart failure", "[MASK] hba1c", "i\u0307 \u00E9"];
        using (TextEncoder cased = test.Open())
            Assert.NotEqual(Encode(cased, lower).Vectors.Values.ToArray(), Encode(cased, upper).Vectors.Values.ToArray());
        File.WriteAllText(Path.Combine(test.ModelFolder, "sentence_bert_config.json"), """{"do_lower_case": true}""");
        using TextEncoder lowering = test.Open();
        Assert.Equal(Encode(lowering, lower).Vectors.Values.ToArray(), Encode(lowering, upper).Vectors.Values.ToArray());
        Assert.True(lowering.Model.LowerCaseFirst);
    }

    [Fact]
    public void LittlePaddingIsComputedOnTextsOfSkewedLengths()
    {
        using var test = new TestEncoder();
        using TextEncoder encoder = test.With(test.Graph(), new TextEncoderOptions { BatchTokens = 1024 });
        EncodeReport report = Encode(encoder, TestEncoder.SkewedTexts(2000)).Report;
        Assert.True(report.PaddedTokens >= report.Tokens);
        Assert.True(report.PaddedTokens < 1.1 * report.Tokens, $"{report.PaddedTokens} tokens were computed for {report.Tokens}.");
    }

    [Fact]
    public async Task ConcurrentCallsGiveWhatSequentialOnesGive()
    {
        using var test = new TestEncoder();
        using TextEncoder encoder = test.Open(new TextEncoderOptions { BatchTokens = 200 });
        string[][] calls = [.. Enumerable.Range(0, 8).Select(call => TestEncoder.SkewedTexts(60, call))];
        EmbeddingMatrix[] sequential = [.. calls.Select(texts => Encode(encoder, texts).Vectors)];
        Encoded[] concurrent = await Task.WhenAll(calls.Select(texts => encoder.EncodeAsync(texts, EncodeOptions.Document, Token).AsTask()));
        for (int call = 0; call < calls.Length; call++)
            VectorAssert.Close(sequential[call], concurrent[call].Vectors, 1e-6);
    }

    private static Encoded Encode(TextEncoder encoder, IReadOnlyList<string> texts, EncodeOptions? options = null) =>
        encoder.EncodeAsync(texts, options ?? EncodeOptions.Document, Token).AsTask().GetAwaiter().GetResult();

    /// <summary>Bytes allocated by all threads; the least of some runs, since others' work may be counted too.</summary>
    private static long Allocated(Action action)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 12; run++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            action();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    /// <summary>A list of any length in no memory.</summary>
    private sealed class SameText(int count) : IReadOnlyList<string>
    {
        public int Count => count;

        public string this[int index] => "a";

        public IEnumerator<string> GetEnumerator() => Enumerable.Repeat("a", count).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
