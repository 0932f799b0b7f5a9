using MedEmbed.Data.Judgments;
using MedEmbed.Encoding;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Vectors;

namespace MedEmbed.Evaluation.Tests.Systems;

public class DenseSystemTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, InlineData(Similarity.Cosine), InlineData(Similarity.Dot), InlineData(Similarity.Euclidean)]
    public async Task TheBestDocumentsAreThoseOfComparingEveryPair(Similarity similarity)
    {
        RetrievalData data = Random(documents: 1500, queries: 70, seed: 5);
        var encoder = new WordEncoder();
        RetrievalRun run = await new DenseSystem(encoder.Model(similarity), PromptSetting.Own).SearchAsync(data, 20, new SilentStages(), Cancellation);

        var documents = (await encoder.EncodeAsync([.. data.DocumentIds.Select((_, i) => TextOf(data, i))], new() { Prompt = Prompt.Document }, Cancellation)).Vectors;
        foreach ((int row, string query) in data.QueryIds.Index())
        {
            var vector = (await encoder.EncodeAsync([data.Queries.Texts[data.Queries.OfItem[row]]], new() { Prompt = Prompt.Query }, Cancellation)).Vectors.Row(0);
            float[] scores = [.. data.DocumentIds.Select((_, i) => VectorMath.Score(similarity, vector.Span, documents[i]))];
            Array.Sort(scores, (a, b) => b.CompareTo(a));
            Assert.Equal(20, run[query].Count);
            for (int rank = 0; rank < 20; rank++)
                Assert.Equal(scores[rank], run[query][rank].Score, 1e-3 * Math.Max(1, Math.Abs(scores[rank])));
        }
    }

    [Fact]
    public async Task EqualTextsAreEncodedOnceAndTieExactlyAlsoAtTheEndOfTheList()
    {
        (string, string)[] documents = [.. Enumerable.Range(0, 40).Select(i => ($"d{i:00}", i % 4 == 0 ? "other words" : "the same words"))];
        var data = new RetrievalData(documents, [("q1", "the same words"), ("q2", "the same words")], Qrels.Create([new("q1", "d01", 1), new("q2", "d01", 1)]));
        var encoder = new WordEncoder();
        RetrievalRun run = await new DenseSystem(encoder.Model(), PromptSetting.Own).SearchAsync(data, 10, new SilentStages(), Cancellation);

        Assert.Equal(3, encoder.Encoded.Count);
        Assert.Single(Enumerable.Range(0, 10).Select(i => run["q1"][i].Score).Distinct());
        string[] expected = [.. documents.Where(document => document.Item2 == "the same words").Select(document => document.Item1).OrderDescending(StringComparer.Ordinal).Take(10)];
        Assert.Equal(expected, Enumerable.Range(0, 10).Select(i => run["q1"][i].DocumentId));
        Assert.Equal(expected, Enumerable.Range(0, 10).Select(i => run["q2"][i].DocumentId));
    }

    [Fact]
    public async Task AnInterruptedRunGoesOnWhereItWasAndFindsTheSame()
    {
        using var cache = new TemporaryFolder();
        RetrievalData data = Random(documents: 1000, queries: 5, seed: 6);
        RetrievalRun uninterrupted = await new DenseSystem(new WordEncoder().Model(), PromptSetting.Own).SearchAsync(data, 10, new SilentStages(), Cancellation);

        // One call for the queries, two chunks of documents, then the end.
        var cancelled = new WordEncoder { CallsBeforeCancellation = 3 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DenseSystem(cancelled.Model(), PromptSetting.Own, cache.Path).SearchAsync(data, 10, new SilentStages(), Cancellation));
        var encoder = new WordEncoder();
        RetrievalRun resumed = await new DenseSystem(encoder.Model(), PromptSetting.Own, cache.Path).SearchAsync(data, 10, new SilentStages(), Cancellation);

        Assert.Equal(data.Queries.Texts.Count + data.Documents.Texts.Count, cancelled.Encoded.Count + encoder.Encoded.Count);
        Assert.Empty(cancelled.Encoded.Intersect(encoder.Encoded));
        foreach (string query in data.QueryIds)
        {
            for (int rank = 0; rank < 10; rank++)
                Assert.Equal(uninterrupted[query][rank], resumed[query][rank]);
        }
    }

    [Fact]
    public async Task SettingsThatDifferInTheQueryPromptShareDocumentVectors()
    {
        using var cache = new TemporaryFolder();
        RetrievalData data = Random(documents: 30, queries: 3, seed: 7);
        await new DenseSystem(new WordEncoder().Model(), PromptSetting.Own, cache.Path).SearchAsync(data, 10, new SilentStages(), Cancellation);
        var second = new WordEncoder();
        await new DenseSystem(second.Model(), PromptSetting.None, cache.Path).SearchAsync(data, 10, new SilentStages(), Cancellation);
        Assert.Equal(data.Queries.Texts, second.Encoded);

        var int8 = new WordEncoder();
        await new DenseSystem(int8.Model(precision: "int8"), PromptSetting.None, cache.Path).SearchAsync(data, 10, new SilentStages(), Cancellation);
        Assert.Equal(data.Queries.Texts.Count + data.Documents.Texts.Count, int8.Encoded.Count);
    }

    [Fact]
    public async Task ADamagedCacheFileIsEncodedAgain()
    {
        using var cache = new TemporaryFolder();
        RetrievalData data = Random(documents: 30, queries: 3, seed: 8);
        await new DenseSystem(new WordEncoder().Model(), PromptSetting.Own, cache.Path).SearchAsync(data, 10, new SilentStages(), Cancellation);
        foreach (string file in Directory.EnumerateFiles(cache.Path))
        {
            using FileStream stream = new(file, FileMode.Open);
            stream.SetLength(stream.Length - 8);
        }

        var encoder = new WordEncoder();
        await new DenseSystem(encoder.Model(), PromptSetting.Own, cache.Path).SearchAsync(data, 10, new SilentStages(), Cancellation);
        Assert.Equal(data.Queries.Texts.Count + data.Documents.Texts.Count, encoder.Encoded.Count);
    }

    [Fact]
    public async Task AVectorThatIsNotANumberIsAnErrorThatNamesTheText()
    {
        var data = new RetrievalData([("d1", "fine"), ("d2", "this is NOT A NUMBER")], [("q1", "fine")], Qrels.Create([new("q1", "d1", 1)]));
        var error = await Assert.ThrowsAsync<EvaluationException>(() => new DenseSystem(new WordEncoder().Model(), PromptSetting.Own).SearchAsync(data, 10, new SilentStages(), Cancellation));
        Assert.Contains("this is NOT A NUMBER", error.Message, StringComparison.Ordinal);
        Assert.Contains("NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheResultNameTellsWhatDepartsFromTheModelsOwnSetting()
    {
        DenseModel model = new WordEncoder().Model();
        Assert.Equal("words", new DenseSystem(model, PromptSetting.Own).Description.ResultName);
        Assert.Equal("words+no-prompt", new DenseSystem(model, PromptSetting.None).Description.ResultName);
        Assert.Equal("words+prompt-short", new DenseSystem(model, PromptSetting.Named("short")).Description.ResultName);
        Assert.Equal("words", new DenseSystem(model, PromptSetting.Named("query")).Description.ResultName);
        Assert.Equal("words+no-prompt+int8", new DenseSystem(model with { Precision = "int8" }, PromptSetting.None).Description.ResultName);
        Assert.Throws<ArgumentException>(() => new DenseSystem(model, PromptSetting.Named("unknown")));
    }

    private static string TextOf(RetrievalData data, int document) => data.Documents.Texts[data.Documents.OfItem[document]];

    private static RetrievalData Random(int documents, int queries, int seed)
    {
        Random random = new(seed);
        string Words() => string.Join(' ', Enumerable.Range(0, 8).Select(_ => $"w{random.Next(200)}"));
        (string, string)[] queryTexts = [.. Enumerable.Range(0, queries).Select(i => ($"q{i}", Words()))];
        return new RetrievalData([.. Enumerable.Range(0, documents).Select(i => ($"d{i}", Words()))], queryTexts, Qrels.Create(queryTexts.Select(query => new Judgment(query.Item1, "d0", 1))));
    }
}
