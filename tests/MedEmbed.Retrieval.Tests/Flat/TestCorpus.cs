using System.Globalization;
using System.Text.Json;
using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Tests.Flat;

/// <summary>Seeded vectors in clusters, as embeddings lie, with documents to go with them.</summary>
internal static class TestCorpus
{
    public static IndexModel Model(int dimensions, Similarity similarity = Similarity.Cosine) =>
        new() { Name = "test", Hash = "0123abcd", Dimensions = dimensions, Similarity = similarity };

    public static FlatIndexOptions Options(
        int dimensions,
        Similarity similarity = Similarity.Cosine,
        StoredVectors vectors = StoredVectors.F32,
        RescoreVectors? rescore = null,
        int segmentRows = 16_384) =>
        new() { Model = Model(dimensions, similarity), Vectors = vectors, Rescore = rescore, SegmentRows = segmentRows };

    public static IndexedDocument Document(int number) => new(Id(number), number % 3 == 0 ? null : $"Title {number}", $"Text of {number}, naïve – 心")
    {
        Metadata = number % 4 == 0
            ? null
            : JsonElement.Parse(string.Create(CultureInfo.InvariantCulture, $"{{\"year\":{2000 + number % 25},\"source\":\"s{number % 7}\",\"odd\":{(number % 2 == 1 ? "true" : "false")}}}")),
    };

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"doc-{number}");

    /// <summary>Vectors around centres drawn at random; the same seed gives the same centres, so queries of another part lie near rows.</summary>
    public static EmbeddingMatrix Vectors(int seed, int rows, int dimensions, int part = 0, float spread = 0.6f)
    {
        Random centres = new(seed);
        int clusters = 20;
        float[] centre = Array.ConvertAll(new float[clusters * dimensions], _ => Gaussian(centres));
        Random random = new(seed * 31 + part + 1);
        EmbeddingMatrix matrix = new(rows, dimensions);
        for (int row = 0; row < rows; row++)
        {
            int cluster = random.Next(clusters);
            for (int i = 0; i < dimensions; i++)
                matrix[row][i] = centre[cluster * dimensions + i] + spread * Gaussian(random);
        }

        return matrix;
    }

    public static void Build(string folder, FlatIndexOptions options, EmbeddingMatrix vectors, int firstNumber = 0)
    {
        using FlatIndexBuilder builder = FlatIndexBuilder.Start(folder, options, "test");
        builder.Add([.. Enumerable.Range(firstNumber, vectors.Rows).Select(Document)], vectors);
        builder.Complete();
    }

    /// <summary>Every row scored in double precision, best first, ties by id descending.</summary>
    public static (string Id, double Score)[] BruteForce(EmbeddingMatrix rows, ReadOnlySpan<float> query, Similarity similarity, int firstNumber = 0)
    {
        (string Id, double Score)[] scored = new (string, double)[rows.Rows];
        for (int row = 0; row < rows.Rows; row++)
            scored[row] = (Id(firstNumber + row), Score(rows[row], query, similarity));
        Array.Sort(scored, (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : string.CompareOrdinal(b.Id, a.Id));
        return scored;
    }

    private static double Score(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Similarity similarity)
    {
        double dot = 0, aa = 0, bb = 0, distance = 0;
        for (int i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
            distance += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        }

        return similarity switch
        {
            Similarity.Cosine => aa * bb == 0 ? 0 : dot / Math.Sqrt(aa * bb),
            Similarity.Dot => dot,
            _ => -Math.Sqrt(distance),
        };
    }

    private static float Gaussian(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
