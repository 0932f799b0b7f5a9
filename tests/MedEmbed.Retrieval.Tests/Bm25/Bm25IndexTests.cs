using MedEmbed.Retrieval.Bm25;

namespace MedEmbed.Retrieval.Tests.Bm25;

public class Bm25IndexTests
{
    // One, four and sixteen words: lengths that Lucene's one-byte norms keep exactly.
    private static readonly (string Id, string Text)[] Documents =
    [
        ("one", "asthma"),
        ("four", "asthma asthma fever wrist"),
        ("sixteen", "fever " + string.Join(' ', Enumerable.Repeat("cough", 15))),
    ];

    [Theory]
    [InlineData(1.2f, 0.75f)]
    [InlineData(0.9f, 0.4f)]
    [InlineData(2f, 0f)]
    public void ScoresAreThoseOfTheFormula(float k1, float b)
    {
        using Bm25Index index = Build(Documents, new Bm25Options { K1 = k1, B = b });
        Dictionary<string, float> actual = index.Search("asthma fever", 10).ToDictionary(hit => hit.Id, hit => hit.Score);
        foreach ((string id, string text) in Documents)
            Assert.Equal(Word(text, "asthma", k1, b) + Word(text, "fever", k1, b), actual[id], 1e-5);
    }

    [Fact]
    public void ChosenRowsScoreAsASearchScoresThem()
    {
        string[] words = [.. Enumerable.Range(0, 40).Select(i => $"term{i}")];
        var random = new Random(4);
        (string Id, string Text)[] documents = [.. Enumerable.Range(0, 3000).Select(i => ($"d{i}", string.Join(' ', Enumerable.Range(0, 1 + random.Next(30)).Select(_ => words[random.Next(40)]))))];
        using Bm25Index index = Build(documents);
        const string Query = "term3 term17 term17 term39 absent";
        Dictionary<long, float> found = index.Search(Query, documents.Length).ToDictionary(hit => hit.Row, hit => hit.Score);
        Assert.Equal(found, index.Rank(Query, documents.Length).ToDictionary(hit => hit.Row, hit => hit.Score));
        long[] rows = [2999, 0, 7, 1500, 7, .. Enumerable.Range(0, 500).Select(_ => (long)random.Next(3000))];
        float[] scores = new float[rows.Length];
        index.Score(Query, rows, scores);
        for (int i = 0; i < rows.Length; i++)
            Assert.Equal(found.GetValueOrDefault(rows[i]), scores[i], 1e-5);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Score(Query, [3000], new float[1]));
        Assert.Throws<ArgumentException>(() => index.Score(Query, [1, 2], new float[1]));
    }

    [Fact]
    public void AWordThatStandsTwiceInAQueryCountsTwice()
    {
        using Bm25Index index = Build(Documents);
        Assert.Equal(2 * index.Search("asthma", 1)[0].Score, index.Search("asthma asthma", 1)[0].Score, 1e-6);
    }

    [Fact]
    public void QuerySyntaxIsPlainText()
    {
        using Bm25Index index = Build(Documents);
        IReadOnlyList<SearchHit> plain = index.Search("asthma fever", 10);
        Assert.Equal(plain, index.Search("+asthma -fever", 10));
        Assert.Equal(plain, index.Search("\"asthma (fever:*~ ^", 10));
        Assert.Equal(plain, index.Search("asthma AND NOT fever", 10));
    }

    [Fact]
    public void AQueryMayHaveMoreWordsThanLucenesUsualLimit()
    {
        using Bm25Index index = Build(Documents);
        string query = string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"word{i}x")) + " wrist";
        Assert.Equal("four", Assert.Single(index.Search(query, 10)).Id);
    }

    [Fact]
    public void WordsAreComparedByTheirStemsWithoutCaseAndStopWords()
    {
        using Bm25Index index = Build([("d", "The INFECTIONS of a patient's lung")]);
        Assert.Single(index.Search("infected", 10));
        Assert.Single(index.Search("Patient", 10));
        Assert.Empty(index.Search("the of a", 10));
        Assert.Empty(index.Search("", 10));
        Assert.Empty(index.Search("heart", 10));
    }

    [Fact]
    public void EqualScoresComeInTheOrderOfAddingWhateverTheNumberOfHits()
    {
        (string, string)[] documents = [.. Enumerable.Range(0, 3000).Select(i => ($"d{i * 7919 % 3000}", "asthma"))];
        using Bm25Index index = Build(documents);
        Assert.Equal(documents.Select(document => document.Item1), index.Search("asthma", 5000).Select(hit => hit.Id));
        Assert.Equal(documents.Take(10).Select(document => document.Item1), index.Search("asthma", 10).Select(hit => hit.Id));
    }

    [Fact]
    public void AnIndexOnDiskFindsWhatOneInMemoryDoes()
    {
        using var folder = new TemporaryFolder();
        using Bm25Index memory = Build(Documents);
        using (var builder = new Bm25IndexBuilder(folder.File("index")))
        {
            foreach ((string id, string text) in Documents)
                builder.Add(id, text);
            using Bm25Index written = builder.Build();
            Assert.Equal(memory.Search("asthma fever", 10), written.Search("asthma fever", 10));
        }

        using Bm25Index reopened = Bm25Index.Open(folder.File("index"));
        Assert.Equal(3, reopened.Count);
        Assert.Equal(memory.Search("asthma fever", 10), reopened.Search("asthma fever", 10));
    }

    [Fact]
    public void AFolderWithoutAnIndexIsAnErrorThatNamesIt()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(folder.Path, Assert.Throws<IndexFormatException>(() => Bm25Index.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => Bm25Index.Open(folder.File("missing")));
    }

    [Fact]
    public void ParametersOutsideTheirRangesAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bm25Options { K1 = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bm25Options { B = 1.5f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bm25Options { K1 = float.NaN });
    }

    private static Bm25Index Build(IEnumerable<(string Id, string Text)> documents, Bm25Options? options = null)
    {
        using var builder = new Bm25IndexBuilder();
        foreach ((string id, string text) in documents)
            builder.Add(id, text);
        return builder.Build(options);
    }

    private static double Word(string text, string word, double k1, double b)
    {
        int occurrences = Count(text, word), length = text.Split(' ').Length;
        int holders = Documents.Count(document => Count(document.Text, word) > 0);
        double mean = Documents.Average(document => document.Text.Split(' ').Length);
        double idf = Math.Log(1 + (Documents.Length - holders + 0.5) / (holders + 0.5));
        return idf * occurrences * (k1 + 1) / (occurrences + k1 * (1 - b + b * length / mean));
    }

    private static int Count(string text, string word) => text.Split(' ').Count(other => other == word);
}
