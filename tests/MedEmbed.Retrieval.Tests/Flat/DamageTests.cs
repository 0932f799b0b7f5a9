using CsCheck;
using MedEmbed.Retrieval.Flat;
using MedEmbed.Retrieval.Flat.Storage;

namespace MedEmbed.Retrieval.Tests.Flat;

public sealed class DamageTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly string _folder;
    private readonly string _segment;
    private readonly string _deleted;
    private readonly string _manifest;
    private readonly float[] _query;

    public DamageTests()
    {
        _folder = _temporary.File("index");
        TestCorpus.Build(_folder, TestCorpus.Options(20, vectors: StoredVectors.Binary, rescore: RescoreVectors.Int8), TestCorpus.Vectors(1, 30, 20));
        using (FlatIndexWriter writer = FlatIndexWriter.Open(_folder))
        {
            writer.Remove(TestCorpus.Id(4));
            writer.Commit();
        }

        _segment = Directory.GetFiles(_folder, "*.seg").Single();
        _deleted = Directory.GetFiles(_folder, "*.bits").Single();
        _manifest = Path.Combine(_folder, "index.json");
        _query = TestCorpus.Vectors(1, 1, 20, part: 1)[0].ToArray();
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void EveryByteOfTheHeaderIsChecked()
    {
        for (int at = 0; at < SegmentHeader.Bytes; at += at < 512 ? 1 : 97)
            AssertRefused(_segment, bytes => bytes[at] ^= 0x10);
    }

    [Fact]
    public void TruncationAtEverySectionBoundaryIsRefused()
    {
        byte[] whole = File.ReadAllBytes(_segment);
        SegmentHeader header = SegmentHeader.Read(_segment, whole);
        foreach (long length in header.Sections.SelectMany(section => new[] { section.Offset, section.Offset + section.Length - 1 }).Append(0).Append(100))
        {
            File.WriteAllBytes(_segment, whole[..(int)length]);
            IndexFormatException refused = Assert.Throws<IndexFormatException>(() => FlatIndex.Open(_folder));
            Assert.Contains("truncated", refused.Message, StringComparison.Ordinal);
            Assert.Equal(_segment, refused.File);
        }
    }

    [Fact]
    public void EveryFlippedBitIsFoundByVerify()
    {
        byte[] whole = File.ReadAllBytes(_segment);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)(1 << bit);
            File.WriteAllBytes(_segment, damaged);
            Assert.Throws<IndexFormatException>(() =>
            {
                using FlatIndex index = FlatIndex.Open(_folder);
                index.Verify();
            });
        }, iter: 400, threads: 1);
    }

    [Fact]
    public void SearchingADamagedIndexNeverReadsOutsideIt()
    {
        byte[] whole = File.ReadAllBytes(_segment);
        Gen.Select(Gen.Int[SegmentHeader.Bytes, whole.Length - 1], Gen.Int[1, 40], Gen.Int).Sample((at, length, seed) =>
        {
            byte[] damaged = [.. whole];
            new Random(seed).NextBytes(damaged.AsSpan(at, Math.Min(length, damaged.Length - at)));
            File.WriteAllBytes(_segment, damaged);
            try
            {
                using FlatIndex index = FlatIndex.Open(_folder);
                foreach (SearchHit hit in index.Search(_query, 30))
                    index.Document(hit);
                index.Document(TestCorpus.Id(7));
            }
            catch (IndexFormatException)
            {
            }
        }, iter: 400, threads: 1);
    }

    [Fact]
    public void EveryByteOfTheDeletedRowsIsChecked()
    {
        for (int at = 0; at < new FileInfo(_deleted).Length; at++)
        {
            if (at is < 12 or >= 16)
                AssertRefused(_deleted, bytes => bytes[at] ^= 1);
        }
    }

    [Fact]
    public void EveryByteOfTheManifestIsChecked()
    {
        for (int at = 0; at < new FileInfo(_manifest).Length - 1; at++)
            AssertRefused(_manifest, bytes => bytes[at] ^= 1);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "newer version")]
    [InlineData("medembed-flat-index", "medembed-bm25-index", "another kind")]
    public void ANewerOrForeignManifestSaysSo(string old, string changed, string reason)
    {
        File.WriteAllText(_manifest, File.ReadAllText(_manifest).Replace(old, changed, StringComparison.Ordinal));
        Assert.Contains(reason, Assert.Throws<IndexFormatException>(() => FlatIndex.Open(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Throws<IndexFormatException>(() => FlatIndexWriter.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASegmentOfAnotherIndexIsRefused()
    {
        TestCorpus.Build(_temporary.File("other"), TestCorpus.Options(20, vectors: StoredVectors.Binary, rescore: RescoreVectors.Int8), TestCorpus.Vectors(2, 30, 20));
        File.Copy(Directory.GetFiles(_temporary.File("other"), "*.seg").Single(), _segment, overwrite: true);
        Assert.Contains("another index", Assert.Throws<IndexFormatException>(() => FlatIndex.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileAndAMissingIndexAreNamed()
    {
        File.Delete(_segment);
        Assert.Equal(_segment, Assert.Throws<IndexFormatException>(() => FlatIndex.Open(_folder)).File);
        Assert.Contains("no flat index", Assert.Throws<IndexFormatException>(() => FlatIndex.Open(_temporary.File("nowhere"))).Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string file, Action<byte[]> damage)
    {
        byte[] whole = File.ReadAllBytes(file);
        byte[] damaged = [.. whole];
        damage(damaged);
        File.WriteAllBytes(file, damaged);
        Assert.ThrowsAny<IndexFormatException>(() => FlatIndex.Open(_folder));
        File.WriteAllBytes(file, whole);
    }
}
