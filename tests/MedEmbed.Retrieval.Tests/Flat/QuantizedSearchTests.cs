using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Tests.Flat;

/// <summary>Recall of coarse vectors against exact search, on 5,000 vectors of 384 dimensions in 20 clusters. Within a cluster the vectors are pure noise,
/// which is harder than text: neighbours differ by little more than the rounding.</summary>
public sealed class QuantizedSearchTests
{
    private const int Dimensions = 384;

    private static readonly EmbeddingMatrix Rows = TestCorpus.Vectors(9, 5_000, Dimensions);
    private static readonly EmbeddingMatrix Queries = TestCorpus.Vectors(9, 40, Dimensions, part: 1);

    [Theory]
    [InlineData(Similarity.Cosine, 0.9, 0.95, 0.85)]
    [InlineData(Similarity.Dot, 0.9, 0.95, null)]
    [InlineData(Similarity.Euclidean, null, 0.95, null)]
    public void RecallAtTenIsAtLeast(Similarity similarity, double? int8Alone, double int8Rescored, double? binaryRescored)
    {
        HashSet<string>[] exact = [.. Enumerable.Range(0, Queries.Rows)
            .Select(query => TestCorpus.BruteForce(Rows, Queries[query], similarity).Take(10).Select(pair => pair.Id).ToHashSet())];
        AssertRecall(exact, similarity, StoredVectors.Int8, RescoreVectors.None, int8Alone);
        AssertRecall(exact, similarity, StoredVectors.Int8, RescoreVectors.Int8, int8Rescored);
        AssertRecall(exact, similarity, StoredVectors.Int8, RescoreVectors.F32, 0.999);
        AssertRecall(exact, similarity, StoredVectors.Binary, RescoreVectors.Int8, binaryRescored);
        AssertRecall(exact, similarity, StoredVectors.Binary, RescoreVectors.F32, binaryRescored);
    }

    [Fact]
    public void RescoringWithF32GivesExactScores()
    {
        using TemporaryFolder temporary = new();
        EmbeddingMatrix rows = TestCorpus.Vectors(9, 500, 40);
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(40, vectors: StoredVectors.Binary, rescore: RescoreVectors.F32), rows);
        using FlatIndex index = FlatIndex.Open(temporary.File("index"));
        ReadOnlySpan<float> query = TestCorpus.Vectors(9, 1, 40, part: 1)[0];
        ExactSearchTests.AssertEqual(TestCorpus.BruteForce(rows, query, Similarity.Cosine), index.Search(query, 20, new SearchOptions { Oversampling = 1000 }), 20);
    }

    [Fact]
    public void BinaryVectorsOfDistancesAreRefused()
    {
        using TemporaryFolder temporary = new();
        Assert.Throws<ArgumentException>(() =>
            FlatIndexBuilder.Start(temporary.File("index"), TestCorpus.Options(4, Similarity.Euclidean, StoredVectors.Binary), "f"));
    }

    private static void AssertRecall(HashSet<string>[] exact, Similarity similarity, StoredVectors vectors, RescoreVectors rescore, double? least)
    {
        if (least is null)
            return;
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(Dimensions, similarity, vectors, rescore, segmentRows: 2_000), Rows);
        using FlatIndex index = FlatIndex.Open(temporary.File("index"));
        SearchHit[][] found = index.Search(Queries, 10);
        double recall = found.Select((hits, query) => hits.Count(hit => exact[query].Contains(hit.Id))).Sum() / (10.0 * Queries.Rows);
        Assert.True(recall >= least, $"{similarity}, {vectors} rescored by {rescore}: recall@10 is {recall:F3}, less than {least}.");
    }
}
