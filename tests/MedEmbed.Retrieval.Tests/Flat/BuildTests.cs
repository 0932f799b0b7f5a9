using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Retrieval.Tests.Flat;

public sealed class BuildTests
{
    private static readonly EmbeddingMatrix Vectors = TestCorpus.Vectors(1, 50, 8);

    [Fact]
    public void AnInterruptedBuildContinuesAfterItsWholeSegments()
    {
        using TemporaryFolder temporary = new();
        FlatIndexOptions options = TestCorpus.Options(8, segmentRows: 20);
        using (FlatIndexBuilder interrupted = FlatIndexBuilder.Start(temporary.File("index"), options, "f"))
            AddFrom(interrupted, 0, 45);
        Assert.False(Directory.Exists(temporary.File("index")));
        using (FlatIndexBuilder resumed = FlatIndexBuilder.Start(temporary.File("index"), options, "f"))
        {
            Assert.Equal(40, resumed.ResumedDocuments);
            AddFrom(resumed, 40, 50);
            resumed.Complete();
        }

        TestCorpus.Build(temporary.File("straight"), options, Vectors);
        Assert.Equal(Content(temporary.File("straight")), Content(temporary.File("index")));
    }

    [Fact]
    public void ACheckpointKeepsASegmentThatIsNotFull()
    {
        using TemporaryFolder temporary = new();
        using (FlatIndexBuilder interrupted = FlatIndexBuilder.Start(temporary.File("index"), TestCorpus.Options(8), "f"))
        {
            AddFrom(interrupted, 0, 7);
            interrupted.Checkpoint();
            AddFrom(interrupted, 7, 9);
        }

        using FlatIndexBuilder resumed = FlatIndexBuilder.Start(temporary.File("index"), TestCorpus.Options(8), "f");
        Assert.Equal(7, resumed.ResumedDocuments);
        Assert.Throws<ArgumentException>(() => resumed.Add(TestCorpus.Document(3), Vectors[3]));
    }

    [Fact]
    public void ABuildOfOtherInputsOrSettingsStartsOver()
    {
        using TemporaryFolder temporary = new();
        foreach ((FlatIndexOptions options, string fingerprint) in new[]
        {
            (TestCorpus.Options(8), "corpus 1"), (TestCorpus.Options(8), "corpus 2"), (TestCorpus.Options(8, vectors: StoredVectors.Int8), "corpus 2"),
        })
        {
            using FlatIndexBuilder builder = FlatIndexBuilder.Start(temporary.File("index"), options, fingerprint);
            Assert.Equal(0, builder.ResumedDocuments);
            AddFrom(builder, 0, 5);
            builder.Checkpoint();
        }
    }

    [Fact]
    public void AFinishedIndexIsReplacedOnlyWhenAskedTo()
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(8), Vectors);
        Assert.Contains("overwriting", Assert.Throws<IOException>(() => FlatIndexBuilder.Start(temporary.File("index"), TestCorpus.Options(8), "f")).Message, StringComparison.Ordinal);
        using FlatIndex old = FlatIndex.Open(temporary.File("index"));
        using (FlatIndexBuilder builder = FlatIndexBuilder.Start(temporary.File("index"), TestCorpus.Options(8), "f", overwrite: true))
        {
            AddFrom(builder, 0, 3);
            builder.Complete();
        }

        using FlatIndex replaced = FlatIndex.Open(temporary.File("index"));
        Assert.Equal((50, 3), (old.Search(Vectors[0], 100).Length, replaced.Search(Vectors[0], 100).Length));
        Assert.Equal([temporary.File("index")], Directory.GetDirectories(temporary.Path));
    }

    [Fact]
    public void AFolderOfOtherThingsIsNeverReplaced()
    {
        using TemporaryFolder temporary = new();
        Directory.CreateDirectory(temporary.File("index"));
        File.WriteAllText(temporary.File("index/thesis.txt"), "");
        Assert.Throws<IOException>(() => FlatIndexBuilder.Start(temporary.File("index"), TestCorpus.Options(8), "f", overwrite: true));
        Assert.True(File.Exists(temporary.File("index/thesis.txt")));
    }

    [Fact]
    public void TwoBuildsOfTheSameAreTheSameBytes()
    {
        using TemporaryFolder temporary = new();
        TestCorpus.Build(temporary.File("a"), TestCorpus.Options(8, vectors: StoredVectors.Int8, segmentRows: 9), Vectors);
        TestCorpus.Build(temporary.File("b"), TestCorpus.Options(8, vectors: StoredVectors.Int8, segmentRows: 9), Vectors);
        Assert.Equal(Content(temporary.File("a")), Content(temporary.File("b")));
    }

    [Fact]
    public void AFullDiskLeavesTheIndexAsItWas()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/dev/full"), "There is no /dev/full.");
        using TemporaryFolder temporary = new();
        string folder = temporary.File("index");
        TestCorpus.Build(folder, TestCorpus.Options(8), Vectors);
        byte[] before = Content(folder);
        using (FlatIndexWriter writer = FlatIndexWriter.Open(folder))
        {
            writer.Add(TestCorpus.Document(100), Vectors[0]);
            // The next segment is written through this name, so every byte of it meets a full disk.
            File.CreateSymbolicLink(Path.Combine(folder, "segment-00000002.seg.tmp"), "/dev/full");
            Assert.ThrowsAny<IOException>(() => writer.Commit());
        }

        Assert.Equal(before, Content(folder));
        using FlatIndexWriter again = FlatIndexWriter.Open(folder);
        again.Add(TestCorpus.Document(100), Vectors[0]);
        Assert.True(again.Commit());
    }

    private static void AddFrom(FlatIndexBuilder builder, int first, int end)
    {
        for (int i = first; i < end; i++)
            builder.Add(TestCorpus.Document(i), Vectors[i]);
    }

    private static byte[] Content(string folder) =>
        [.. Directory.GetFiles(folder).Where(file => !file.EndsWith("index.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .SelectMany(file => (byte[])[.. System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(file)), .. File.ReadAllBytes(file)])];
}
