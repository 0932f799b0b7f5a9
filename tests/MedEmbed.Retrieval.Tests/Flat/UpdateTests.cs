using CsCheck;
using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Tests.Flat;

public sealed class UpdateTests
{
    private enum Change
    {
        Add,
        Replace,
        Remove,
        Commit,
        Reopen,
    }

    [Fact]
    public void AnyChangesGiveWhatADictionaryGives() =>
        Gen.Select(Gen.Select(Gen.Enum<Change>(), Gen.Int[0, 30]).Array[1, 120], Gen.Int[1, 12]).Sample((changes, segmentRows) =>
        {
            using TemporaryFolder temporary = new();
            string folder = temporary.File("index");
            TestCorpus.Build(folder, TestCorpus.Options(6, segmentRows: segmentRows), new EmbeddingMatrix(0, 6));
            Dictionary<string, (string Text, float[] Vector)> expected = [], committed = [];
            FlatIndexWriter writer = FlatIndexWriter.Open(folder);
            for (int step = 0; step < changes.Length; step++)
            {
                (Change change, int number) = changes[step];
                string id = TestCorpus.Id(number);
                IndexedDocument document = new(id, null, $"text {step}");
                float[] vector = TestCorpus.Vectors(step, 1, 6)[0].ToArray();
                switch (change)
                {
                    case Change.Add when expected.ContainsKey(id):
                        Assert.Contains("unique", Assert.Throws<ArgumentException>(() => writer.Add(document, vector)).Message, StringComparison.Ordinal);
                        break;
                    case Change.Add:
                        writer.Add(document, vector);
                        expected.Add(id, (document.Text, vector));
                        break;
                    case Change.Replace:
                        writer.Replace(document, vector);
                        expected[id] = (document.Text, vector);
                        break;
                    case Change.Remove:
                        Assert.Equal(expected.Remove(id), writer.Remove(id));
                        break;
                    case Change.Commit:
                        writer.Commit();
                        committed = new(expected);
                        break;
                    default:
                        writer.Dispose();
                        expected = new(committed);
                        writer = FlatIndexWriter.Open(folder);
                        break;
                }

                Assert.Equal(expected.Count, writer.Documents);
            }

            writer.Dispose();
            AssertHolds(folder, committed);
        }, iter: 60);

    [Fact]
    public void AReaderKeepsItsGenerationWhileAWriterCommits()
    {
        using TemporaryFolder temporary = new();
        string folder = temporary.File("index");
        EmbeddingMatrix vectors = TestCorpus.Vectors(1, 40, 8);
        TestCorpus.Build(folder, TestCorpus.Options(8, segmentRows: 7), vectors);
        using FlatIndex before = FlatIndex.Open(folder);
        SearchHit[] hits = before.Search(vectors[3], 5);
        using (FlatIndexWriter writer = FlatIndexWriter.Open(folder))
        {
            for (int i = 0; i < 40; i++)
                writer.Remove(TestCorpus.Id(i));
            writer.Commit();
        }

        Assert.Equal(hits, before.Search(vectors[3], 5));
        Assert.Equal(TestCorpus.Document(3).Text, before.Document(hits[0]).Text);
        using FlatIndex after = FlatIndex.Open(folder);
        Assert.Empty(after.Search(vectors[3], 5));
        Assert.Equal(before.Info.Generation + 1, after.Info.Generation);
    }

    [Fact]
    public void ManySmallCommitsLeaveFewSegments()
    {
        using TemporaryFolder temporary = new();
        string folder = temporary.File("index");
        TestCorpus.Build(folder, TestCorpus.Options(4), new EmbeddingMatrix(0, 4));
        EmbeddingMatrix vectors = TestCorpus.Vectors(2, 300, 4);
        using (FlatIndexWriter writer = FlatIndexWriter.Open(folder))
        {
            for (int i = 0; i < vectors.Rows; i++)
            {
                writer.Add(TestCorpus.Document(i), vectors[i]);
                writer.Commit();
            }
        }

        using FlatIndex index = FlatIndex.Open(folder);
        Assert.InRange(index.Info.Segments, 1, 24);
        Assert.Equal(300, index.Info.Documents);
        ExactSearchTests.AssertEqual(TestCorpus.BruteForce(vectors, vectors[9], Similarity.Cosine), index.Search(vectors[9], 20), 20);
        Assert.Equal(index.Info.Segments + 2, Directory.GetFiles(folder).Length);   // manifest and lock: nothing stale is left
    }

    [Fact]
    public void ACommitWithoutChangesMakesNoGeneration()
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(4), TestCorpus.Vectors(1, 3, 4));
        using FlatIndexWriter writer = FlatIndexWriter.Open(temporary.File("index"));
        Assert.False(writer.Commit());
        Assert.False(writer.Remove("none"));
        Assert.False(writer.Commit());
    }

    [Fact]
    public void ADocumentThatCannotBeStoredIsRefusedAndNothingIsAdded()
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(2), new EmbeddingMatrix(0, 2));
        using FlatIndexWriter writer = FlatIndexWriter.Open(temporary.File("index"));
        foreach ((string id, string text, string reason) in new[] { ("", "text", "empty"), ("a\uD800", "text", "surrogate"), ("a", "te\uDC00xt", "surrogate") })
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(() => writer.Replace(new IndexedDocument(id, null, text), [1, 0]));
            Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, writer.Documents);
    }

    [Fact]
    public void AVectorThatIsNotFiniteOrOfOtherLengthIsRefused()
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(2), TestCorpus.Vectors(1, 1, 2));
        using FlatIndexWriter writer = FlatIndexWriter.Open(temporary.File("index"));
        Assert.Throws<ArgumentException>(() => writer.Replace(TestCorpus.Document(0), [1, float.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => writer.Replace(TestCorpus.Document(0), [1]));
        Assert.Equal(1, writer.Documents);
    }

    private static void AssertHolds(string folder, Dictionary<string, (string Text, float[] Vector)> expected)
    {
        using FlatIndex index = FlatIndex.Open(folder);
        index.Verify();
        Assert.Equal(expected.Count, index.Info.Documents);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), index.Ids().Order(StringComparer.Ordinal));
        foreach ((string id, (string text, float[] vector)) in expected)
        {
            Assert.Equal(text, index.Document(id)!.Text);
            SearchHit best = index.Search(vector, 1)[0];
            Assert.Equal((id, 1f), (best.Id, best.Score), new Approximately());
        }
    }

    private sealed class Approximately : IEqualityComparer<(string Id, float Score)>
    {
        public bool Equals((string Id, float Score) a, (string Id, float Score) b) => a.Id == b.Id && Math.Abs(a.Score - b.Score) < 1e-6;

        public int GetHashCode((string Id, float Score) hit) => hit.Id.Length;
    }
}
