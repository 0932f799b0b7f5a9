using MedEmbed.Encoding;
using MedEmbed.Training.Teachers;

namespace MedEmbed.Training.Tests.Teachers;

public sealed class VectorStoreTests
{
    private const int Dimensions = 5;
    private static readonly string Key = new('a', 64);

    [Fact]
    public void WhateverLengthAKilledWriterLeavesWholeRecordsStayAndTheNextWriterGoesOn()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("v");
        Append(path, 0, 4);
        byte[] whole = File.ReadAllBytes(path);
        int record = new VectorStoreLayout(Dimensions, Key).RecordBytes;
        int head = whole.Length - (4 * record);
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            int kept = Math.Max(0, (length - head) / record);
            AssertHolds(path, kept);
            Append(path, kept, 6);
            AssertHolds(path, 6);
        }
    }

    [Fact]
    public void ADamagedRecordEndsWhatIsTrusted()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("v");
        Append(path, 0, 4);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^(new VectorStoreLayout(Dimensions, Key).RecordBytes + 1)] ^= 1;
        File.WriteAllBytes(path, bytes);
        AssertHolds(path, 2);
    }

    [Fact]
    public void VectorsOfAnotherModelAreNotTaken()
    {
        using TemporaryFolder folder = new();
        Append(folder.File("v"), 0, 4);
        using VectorStore other = VectorStore.Open(folder.File("v"), Dimensions, new string('b', 64));
        Assert.Equal(0, other.Count);
        using VectorStore wider = VectorStore.Open(folder.File("v"), Dimensions + 1, Key);
        Assert.Equal(0, wider.Count);
    }

    [Fact]
    public void OneWritesWhileOthersRead()
    {
        using TemporaryFolder folder = new();
        Append(folder.File("v"), 0, 2);
        using VectorStore writer = VectorStore.Open(folder.File("v"), Dimensions, Key);
        using VectorStore late = VectorStore.Open(folder.File("v"), Dimensions, Key);
        writer.BeginAppend();
        Assert.Contains("another cache folder", Assert.Throws<IOException>(late.BeginAppend).Message, StringComparison.Ordinal);
        AssertHolds(folder.File("v"), 2);
        writer.Append([Text(2)], new EmbeddingMatrix(1, Dimensions, VectorOf(2)));
        writer.EndAppend();
        late.BeginAppend();
        Assert.True(late.Contains(Text(2)));
    }

    private static void Append(string path, int from, int to)
    {
        using VectorStore store = VectorStore.Open(path, Dimensions, Key);
        store.BeginAppend();
        for (int i = from; i < to; i++)
            store.Append([Text(i)], new EmbeddingMatrix(1, Dimensions, VectorOf(i)));
    }

    private static void AssertHolds(string path, int count)
    {
        using VectorStore store = VectorStore.Open(path, Dimensions, Key);
        Assert.Equal(count, store.Count);
        float[] vector = new float[Dimensions];
        for (int i = 0; i < count; i++)
        {
            store.Read(Text(i), vector);
            Assert.Equal(VectorOf(i), vector);
        }
    }

    private static UInt128 Text(int i) => TextKey.Of($"text {i}");

    /// <summary>Numbers that f16 holds exactly.</summary>
    private static float[] VectorOf(int i) => [.. Enumerable.Range(0, Dimensions).Select(column => (i - 1.5f) * (column + 0.25f))];
}
