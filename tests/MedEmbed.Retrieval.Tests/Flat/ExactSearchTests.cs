using System.Numerics.Tensors;
using CsCheck;
using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Tests.Flat;

public sealed class ExactSearchTests
{
    [Theory]
    [InlineData(Similarity.Cosine)]
    [InlineData(Similarity.Dot)]
    [InlineData(Similarity.Euclidean)]
    public void HitsEqualBruteForce(Similarity similarity) =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 70], Gen.Int[1, 40], Gen.Int[1, 64], Gen.Int[0, 1000]).Sample((rows, dimensions, top, segmentRows, seed) =>
        {
            using TemporaryFolder temporary = new();
            EmbeddingMatrix vectors = TestCorpus.Vectors(seed, rows, dimensions);
            TestCorpus.Build(temporary.File("index"), TestCorpus.Options(dimensions, similarity, segmentRows: segmentRows), vectors);
            using FlatIndex index = FlatIndex.Open(temporary.File("index"));
            EmbeddingMatrix queries = TestCorpus.Vectors(seed, 3, dimensions, part: 1);
            for (int query = 0; query < queries.Rows; query++)
                AssertEqual(TestCorpus.BruteForce(vectors, queries[query], similarity), index.Search(queries[query], top), Math.Min(top, rows), LargestProduct(vectors, queries[query]));
        }, iter: 30);

    [Theory]
    [InlineData(StoredVectors.F32, null)]
    [InlineData(StoredVectors.Int8, null)]
    [InlineData(StoredVectors.Binary, null)]
    [InlineData(StoredVectors.Binary, RescoreVectors.None)]
    public void ABatchOnAnyNumberOfThreadsGivesTheBitsOfSingleSearches(StoredVectors vectors, RescoreVectors? rescore)
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(
            temporary.File("index"),
            TestCorpus.Options(50, vectors: vectors, rescore: rescore, segmentRows: 5_000),
            TestCorpus.Vectors(3, 12_000, 50));
        using FlatIndex index = FlatIndex.Open(temporary.File("index"));
        EmbeddingMatrix queries = TestCorpus.Vectors(3, 300, 50, part: 1);
        SearchHit[][] batch = index.Search(queries, 10, new SearchOptions { Threads = 3 });
        for (int query = 0; query < queries.Rows; query += 17)
            Assert.Equal(index.Search(queries[query], 10, new SearchOptions { Threads = 1 }), batch[query]);
    }

    [Theory]
    [InlineData(Similarity.Cosine)]
    [InlineData(Similarity.Dot)]
    [InlineData(Similarity.Euclidean)]
    public void ChosenRowsHaveTheBitsOfASearch(Similarity similarity)
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(50, similarity, segmentRows: 100), TestCorpus.Vectors(3, 1_000, 50));
        using FlatIndex index = FlatIndex.Open(temporary.File("index"));
        EmbeddingMatrix query = TestCorpus.Vectors(3, 1, 50, part: 1);
        SearchHit[] hits = index.Search(query[0], 1_000);
        float[] scores = new float[hits.Length];
        index.Score(query[0], Array.ConvertAll(hits, hit => hit.Row), scores);
        Assert.Equal(hits.Select(hit => hit.Score), scores);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Score(query[0], [1_000], scores));
        Assert.Throws<ArgumentException>(() => index.Score(query[0], [1, 2], new float[1]));
    }

    [Fact]
    public void TiesBreakByDocumentIdInUtf8BytesDescending()
    {
        string[] ids = ["a", "b", "é", "z", "\U0001F600", "\uFFFD", "aa", "B"];
        using TemporaryFolder temporary = new();
        using (FlatIndexBuilder builder = FlatIndexBuilder.Start(temporary.File("index"), TestCorpus.Options(2, segmentRows: 3), "f"))
        {
            foreach (string id in ids)
                builder.Add(new IndexedDocument(id, null, ""), [1, 1]);
            builder.Complete();
        }

        using FlatIndex index = FlatIndex.Open(temporary.File("index"));
        Assert.Equal(["\U0001F600", "\uFFFD", "é", "z", "b", "aa", "a", "B"], index.Search([1, 0], 8).Select(hit => hit.Id));
        Assert.Equal(["\U0001F600", "\uFFFD", "é"], index.Search([1, 0], 3).Select(hit => hit.Id));
    }

    [Fact]
    public void AnEmptyIndexGivesNoHits()
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(4), new EmbeddingMatrix(0, 4));
        using FlatIndex index = FlatIndex.Open(temporary.File("index"));
        Assert.Empty(index.Search([1, 0, 0, 0], 10));
        Assert.Equal(0, index.Info.Documents);
        index.Verify();
    }

    [Fact]
    public void DocumentsComeBackAsTheyWerePutIn()
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(8, segmentRows: 10), TestCorpus.Vectors(1, 25, 8));
        using FlatIndex index = FlatIndex.Open(temporary.File("index"));
        foreach (SearchHit hit in index.Search(TestCorpus.Vectors(1, 1, 8, part: 1)[0], 25))
        {
            IndexedDocument expected = TestCorpus.Document(int.Parse(hit.Id.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture));
            IndexedDocument byHit = index.Document(hit), byId = index.Document(hit.Id)!;
            Assert.Equal((expected.Id, expected.Title, expected.Text, expected.Metadata?.GetRawText()), (byHit.Id, byHit.Title, byHit.Text, byHit.Metadata?.GetRawText()));
            Assert.Equal((byHit.Id, byHit.Text), (byId.Id, byId.Text));
        }

        Assert.Null(index.Document("doc-25"));
        Assert.Equal(Enumerable.Range(0, 25).Select(TestCorpus.Id), index.Ids());
    }

    [Fact]
    public void AQueryOfOtherDimensionsOrWithNaNIsRefused()
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(4), TestCorpus.Vectors(1, 3, 4));
        using FlatIndex index = FlatIndex.Open(temporary.File("index"));
        Assert.Contains("3 dimensions", Assert.Throws<ArgumentException>(() => index.Search([1, 2, 3], 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.Search([1, float.NaN, 0, 0], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search([1, 0, 0, 0], 0));
    }

    [Fact]
    public void AnotherModelIsRefusedByName()
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(4), TestCorpus.Vectors(1, 3, 4));
        using FlatIndex index = FlatIndex.Open(temporary.File("index"));
        index.EnsureModel(TestCorpus.Model(4) with { Name = "a copy elsewhere" });
        IndexFormatException other = Assert.Throws<IndexFormatException>(() => index.EnsureModel(TestCorpus.Model(4) with { Name = "other", Hash = "ff" }));
        Assert.Contains("\"test\" (hash 0123abcd), not of \"other\" (hash ff)", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADisposedIndexRefusesToSearch()
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(4), TestCorpus.Vectors(1, 3, 4));
        FlatIndex index = FlatIndex.Open(temporary.File("index"));
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => index.Search([1, 0, 0, 0], 1));
    }

    /// <param name="expected">All documents, best first.</param>
    /// <param name="hits">What the index found.</param>
    /// <param name="count">How many it should find.</param>
    /// <param name="scale">What rounding is relative to: products of large numbers may cancel to a small score.</param>
    internal static void AssertEqual((string Id, double Score)[] expected, SearchHit[] hits, int count, double scale = 1)
    {
        Assert.Equal(count, hits.Length);
        Dictionary<string, double> scores = expected.ToDictionary(pair => pair.Id, pair => pair.Score);
        for (int rank = 0; rank < hits.Length; rank++)
        {
            double tolerance = 1e-6 * Math.Max(scale, Math.Abs(expected[rank].Score));
            Assert.Equal(expected[rank].Score, hits[rank].Score, tolerance);
            Assert.Equal(scores[hits[rank].Id], hits[rank].Score, tolerance);
        }

        Assert.Equal(hits.Length, hits.Select(hit => hit.Id).Distinct().Count());
    }

    private static double LargestProduct(EmbeddingMatrix vectors, ReadOnlySpan<float> query)
    {
        double largest = 1;
        for (int row = 0; row < vectors.Rows; row++)
            largest = Math.Max(largest, (double)TensorPrimitives.Norm<float>(vectors[row]) * TensorPrimitives.Norm(query));
        return largest;
    }
}
