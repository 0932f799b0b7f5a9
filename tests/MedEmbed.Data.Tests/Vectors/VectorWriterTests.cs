using System.Globalization;
using System.Text;
using CsCheck;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Vectors;
using Parquet;
using Parquet.Schema;

namespace MedEmbed.Data.Tests.Vectors;

public sealed class VectorWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task JsonLinesAreWrittenAsTheDesignHasThemInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            string path = await WriteAsync("a.jsonl", [("é\"1", [0.1f, -1.5f, 1e-10f, 16777216f])]);
            Assert.Equal("{\"_id\":\"é\\\"1\",\"embedding\":[0.1,-1.5,1E-10,16777216]}\n", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void EveryFloatReadsBackToTheSameBits() =>
        Gen.Float.Where(float.IsFinite).Array[3].Array[1, 20].Sample(
            vectors =>
            {
                foreach (string name in (string[])["a.jsonl", "a.npy"])
                {
                    using TemporaryFolder folder = new();
                    string path = WriteFileAsync(folder.File(name), [.. vectors.Select((vector, i) => ($"{i}", vector))]).GetAwaiter().GetResult();
                    List<VectorRecord> records = ReadAsync(path).GetAwaiter().GetResult();
                    Assert.Equal(Enumerable.Range(0, vectors.Length).Select(i => $"{i}"), records.Select(record => record.Id));
                    Assert.Equal(vectors.SelectMany(vector => vector.Select(BitConverter.SingleToInt32Bits)), records.SelectMany(record => record.Values.Select(BitConverter.SingleToInt32Bits)));
                }
            },
            iter: 50);

    [Fact]
    public async Task NpyFilesHaveNumPysBytes()
    {
        string path = await WriteAsync("a.npy", [("x", [1f, 2f]), ("y", [3f, -4f]), ("z", [0f, 0.5f])]);
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        // As numpy.save writes np.array([[1, 2], [3, -4], [0, .5]], np.float32).
        byte[] expected = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }".PadRight(117) + "\n")];
        Assert.Equal(expected, bytes[..128]);
        Assert.Equal(128 + (3 * 2 * 4), bytes.Length);
        Assert.Equal(-4f, BitConverter.ToSingle(bytes, 128 + 12));
    }

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.npy")]
    public async Task QuantisedVectorsKeepTheirNumbers(string name)
    {
        sbyte[] signed = [-128, 0, 127];
        byte[] bits = [0, 128, 255];
        using (VectorWriter writer = VectorWriter.Open(_folder.File("i" + name), new VectorWriterOptions { Element = VectorElement.Int8 }))
        {
            writer.Write("0", signed);
            Assert.Throws<ArgumentException>(() => writer.Write("1", bits));
            await writer.CompleteAsync(TestContext.Current.CancellationToken);
        }

        using (VectorWriter writer = VectorWriter.Open(_folder.File("b" + name), new VectorWriterOptions { Element = VectorElement.Binary }))
        {
            writer.Write("0", bits);
            await writer.CompleteAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal((float[])[-128, 0, 127], Assert.Single(await ReadAsync(_folder.File("i" + name))).Values);
        Assert.Equal((float[])[0, 128, 255], Assert.Single(await ReadAsync(_folder.File("b" + name))).Values);
    }

    [Fact]
    public async Task ParquetHasRowGroupsOfAtMostTenThousandRows()
    {
        (string, float[])[] vectors = [.. Enumerable.Range(0, 10_003).Select(i => ($"é{i}", new float[] { i, -i, 0.1f * i }))];
        string path = await WriteAsync("a.parquet", vectors);
        await using ParquetReader reader = await ParquetReader.CreateAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        DataField[] fields = reader.Schema.DataFields;
        Assert.Equal(["_id", "embedding"], reader.Schema.Fields.Select(field => field.Name));
        Assert.Equal([10_000L, 3L], reader.RowGroups.Select(group => group.RowCount));
        List<string> ids = [];
        List<float> values = [];
        List<int> levels = [];
        foreach (ParquetRowGroupReader group in reader.RowGroups)
        {
            string[] groupIds = new string[group.RowCount];
            await group.ReadAsync(fields[0], groupIds, null, TestContext.Current.CancellationToken);
            float[] groupValues = new float[3 * group.RowCount];
            int[] repetition = new int[groupValues.Length];
            await group.ReadRawAsync<float>(fields[1], groupValues, new int[groupValues.Length], repetition, TestContext.Current.CancellationToken);
            ids.AddRange(groupIds);
            values.AddRange(groupValues);
            levels.AddRange(repetition);
        }

        Assert.Equal(vectors.Select(vector => vector.Item1), ids);
        Assert.Equal(vectors.SelectMany(vector => vector.Item2), values);
        Assert.Equal(vectors.SelectMany(_ => (int[])[0, 1, 1]), levels);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.npy")]
    [InlineData("a.parquet")]
    public async Task NoVectorsAtAllMakeAValidFile(string name)
    {
        string path = await WriteAsync(name, []);
        Assert.True(File.Exists(path));
        if (!name.EndsWith("parquet", StringComparison.Ordinal))
            Assert.Empty(await ReadAsync(path));
    }

    [Fact]
    public void VectorsThatDoNotFitAreRefused()
    {
        using VectorWriter writer = VectorWriter.Open(_folder.File("a.jsonl"));
        writer.Write("0", [1f, 2f]);
        Assert.Throws<ArgumentException>(() => writer.Write("1", [1f]));
        Assert.Throws<ArgumentException>(() => writer.Write("1", [1f, float.NaN]));
        Assert.Throws<ArgumentException>(() => writer.Write("1", [1f, float.PositiveInfinity]));
        Assert.Equal(1, writer.Rows);
    }

    [Fact]
    public void OutputsWithoutAFormAreRefused()
    {
        Assert.Throws<DataFormatException>(() => VectorWriter.Open(_folder.File("a.csv")));
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.SkipUnless(File.Exists("/dev/null"), "no /dev/null");
        Assert.Throws<DataFormatException>(() => VectorWriter.Open("/dev/null", new VectorWriterOptions { Format = VectorFormat.Npy }));
    }

    [Fact]
    public async Task AnotherElementOfTheSameFingerprintBeginsAnew()
    {
        using (VectorWriter writer = VectorWriter.Open(_folder.File("a.npy"), new VectorWriterOptions { Fingerprint = "f" }))
        {
            writer.Write("0", [1f, 2f]);
            writer.Save();
        }

        using VectorWriter second = VectorWriter.Open(_folder.File("a.npy"), new VectorWriterOptions { Fingerprint = "f", Element = VectorElement.Int8 });
        Assert.Equal((OutputStart.Restarted, 0L), (second.Start, second.Rows));
        await second.CompleteAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("a.npy", "not numpy, not at all")]
    [InlineData("a.npy", "")]
    [InlineData("a.jsonl", "{\"_id\":\"1\",\"embedding\":[]}\n")]
    [InlineData("a.jsonl", "{\"_id\":\"1\",\"embedding\":[1]}\n{\"_id\":\"2\",\"embedding\":[1,2]}\n")]
    [InlineData("a.jsonl", "{\"_id\":\"1\",\"embedding\":[\"1\"]}\n")]
    [InlineData("a.jsonl", "{\"_id\":\"1\",\"embedding\":1}\n")]
    public async Task FaultyVectorFilesAreRefused(string name, string content) =>
        await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(_folder.Write(name, content)));

    [Fact]
    public async Task ACutOffNpyFileIsRefused()
    {
        string path = await WriteAsync("a.npy", [("x", [1f, 2f])]);
        byte[] whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        foreach (int kept in (int[])[5, 60, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(path, whole[..kept], TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(path));
        }
    }

    private Task<string> WriteAsync(string name, (string Id, float[] Vector)[] vectors) => WriteFileAsync(_folder.File(name), vectors);

    private static async Task<string> WriteFileAsync(string path, (string Id, float[] Vector)[] vectors)
    {
        using VectorWriter writer = VectorWriter.Open(path);
        foreach ((string id, float[] vector) in vectors)
            writer.Write(id, vector);
        await writer.CompleteAsync();
        return path;
    }

    private static async Task<List<VectorRecord>> ReadAsync(string path)
    {
        List<VectorRecord> records = [];
        await foreach (VectorRecord record in VectorReader.ReadAsync(path))
            records.Add(record);
        return records;
    }
}
