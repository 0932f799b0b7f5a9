using MedEmbed.Data.Triplets;
using MedEmbed.Encoding;
using MedEmbed.Retrieval.Bm25;
using MedEmbed.Training.Sampling;
using MedEmbed.Training.Teachers;
using MedEmbed.Training.Tests.Sampling;

namespace MedEmbed.Training.Tests.Teachers;

public sealed class TeacherEnsembleTests
{
    private static readonly string Model = RepositoryFiles.PathOf("models/bge-small-en-v1.5");

    private static readonly Triplet[] Triplets =
    [
        new("heart attack symptoms", ["Chest pain and a heart that races are symptoms of a heart attack."], ["The heart has four chambers."]),
        new("treatment of asthma", ["Inhaled steroids treat asthma."], ["Asthma was described long ago; many patients' attacks come at night."]),
        new("what lowers a fever, fever being high", ["Paracetamol lowers fever."], ["A fever of 40 degrees is high."]),
        new("xylophone", ["Music helps."], ["Nothing fits this one."]),
    ];

    [Theory]
    [InlineData(1.2, 0.75)]
    [InlineData(0.9, 0.4)]
    public async Task Bm25AloneIsItsFormulaStandardizedOverTheBatch(double k1, double b)
    {
        using TemporaryFolder folder = new();
        TrainingBatch batch = await BatchAsync(folder);
        Bm25Options parameters = new() { K1 = (float)k1, B = (float)b };
        float[] scores = await ScoresAsync(folder, batch, new TeacherEnsembleOptions { Bm25Weight = 0.4, Bm25 = parameters });
        AssertClose(Standardized(Bm25(batch, k1, b), batch.DocumentCount), scores);
    }

    [Fact]
    public async Task Bm25RanksAsTheIndexDoes()
    {
        using TemporaryFolder folder = new();
        TrainingBatch batch = await BatchAsync(folder);
        float[] scores = await ScoresAsync(folder, batch, new TeacherEnsembleOptions { Bm25Weight = 1 });
        string[] documents = [.. batch.Documents];
        using Bm25IndexBuilder builder = new();
        foreach (string document in documents)
            builder.Add(document, document);
        using Bm25Index index = builder.Build();
        for (int i = 0; i < batch.Examples.Count; i++)
        {
            string[] found = [.. index.Search(batch.Examples[i].Query, 10).Select(hit => hit.Id)];
            IEnumerable<string> ranked = Enumerable.Range(0, documents.Length).OrderByDescending(document => scores[(i * documents.Length) + document]).Select(document => documents[document]);
            Assert.Equal(found, ranked.Take(found.Length));
        }
    }

    [Fact]
    public async Task MembersCountByTheirWeights()
    {
        using TemporaryFolder folder = new();
        TrainingBatch batch = await BatchAsync(folder);
        float[] scores = await ScoresAsync(folder, batch, new TeacherEnsembleOptions
        {
            Models = [new TeacherModel(Model) { Weight = 1 }, new TeacherModel(Model) { Weight = 0.5, QueryPrompt = "" }],
            Bm25Weight = 0.4,
        });
        double[][] members = [Standardized(await CosinesAsync(batch, Prompt.Query), batch.DocumentCount), Standardized(await CosinesAsync(batch, Prompt.None), batch.DocumentCount), Standardized(Bm25(batch, 1.2, 0.75), batch.DocumentCount)];
        AssertClose([.. Enumerable.Range(0, scores.Length).Select(i => (members[0][i] + (0.5 * members[1][i]) + (0.4 * members[2][i])) / 1.9)], scores);
    }

    [Fact]
    public async Task OwnScoresAreThoseOfTheWholeBatch()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await LoadAsync(folder);
        TrainingBatch batch = new BatchSampler([set]).Next();
        using TeacherEnsemble ensemble = await TeacherEnsemble.PrepareAsync(new TeacherEnsembleOptions { Bm25Weight = 1 }, [set], cancellationToken: TestContext.Current.CancellationToken);
        float[] all = ensemble.ScoresOf(batch), own = ensemble.ScoresOfOwn(batch);
        for (int i = 0; i < 4; i++)
            Assert.Equal([all[(i * 8) + i], all[(i * 8) + 4 + i]], own[(2 * i)..((2 * i) + 2)]);
    }

    [Fact]
    public async Task AnEnsembleOfNobodyIsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => TeacherEnsemble.PrepareAsync(new TeacherEnsembleOptions(), [], cancellationToken: TestContext.Current.CancellationToken));

    private static Task<ExampleSet> LoadAsync(TemporaryFolder folder) => SampleFile.LoadAsync(folder, Triplets, source => source with { Negatives = 1 });

    private static async Task<TrainingBatch> BatchAsync(TemporaryFolder folder) => new BatchSampler([await LoadAsync(folder)]).Next();

    private static async Task<float[]> ScoresAsync(TemporaryFolder folder, TrainingBatch batch, TeacherEnsembleOptions options)
    {
        using TeacherEnsemble ensemble = await TeacherEnsemble.PrepareAsync(options with { CacheFolder = folder.File("cache") }, [await LoadAsync(folder)], cancellationToken: TestContext.Current.CancellationToken);
        return ensemble.ScoresOf(batch);
    }

    private static double[] Bm25(TrainingBatch batch, double k1, double b)
    {
        using EnglishWords words = new();
        string[][] documents = [.. batch.Documents.Select(text => words.Of(text).ToArray())];
        double mean = documents.Average(document => document.Length);
        double TermScore(string word, string[] document)
        {
            int with = documents.Count(other => other.Contains(word));
            int count = document.Count(other => other == word);
            return Math.Log(1 + ((documents.Length - with + 0.5) / (with + 0.5))) * count * (k1 + 1) / (count + (k1 * (1 - b + (b * document.Length / mean))));
        }

        return [.. batch.Queries.SelectMany(query => documents.Select(document => words.Of(query).Sum(word => TermScore(word, document))))];
    }

    private static async Task<double[]> CosinesAsync(TrainingBatch batch, Prompt prompt)
    {
        using TextEncoder encoder = TextEncoder.Open(Model);
        EmbeddingMatrix queries = (await encoder.EncodeAsync([.. batch.Queries], new EncodeOptions { Prompt = prompt }, TestContext.Current.CancellationToken)).Vectors;
        EmbeddingMatrix documents = (await encoder.EncodeAsync([.. batch.Documents], EncodeOptions.Document, TestContext.Current.CancellationToken)).Vectors;
        return [.. Enumerable.Range(0, queries.Rows).SelectMany(query => Enumerable.Range(0, documents.Rows).Select(document => (double)Vectors.VectorMath.Cosine(queries[query], documents[document])))];
    }

    private static double[] Standardized(double[] scores, int documents) => [.. scores.Chunk(documents).SelectMany(row =>
    {
        double mean = row.Average();
        double deviation = Math.Sqrt(row.Average(score => (score - mean) * (score - mean)));
        return row.Select(score => deviation == 0 ? 0 : (score - mean) / deviation);
    })];

    /// <summary>f16 vectors and f32 sums leave a hundredth of a standard deviation.</summary>
    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) < 0.01, $"Score {i} is {actual[i]}, expected {expected[i]}.");
    }
}
