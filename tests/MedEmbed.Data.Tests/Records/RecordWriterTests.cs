using MedEmbed.Data.Outputs;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Records;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Data.Tests.Records;

public sealed class RecordWriterTests : IDisposable
{
    private static readonly RecordWriterOptions SaveByHand = new() { Fingerprint = "f", SaveEvery = Timeout.InfiniteTimeSpan };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.parquet")]
    public async Task AnInterruptedFileIsContinuedToTheSameBytes(string name)
    {
        QueryPassagePair[] pairs = [.. Enumerable.Range(0, 20).Select(i => new QueryPassagePair($"{i}", $"query é {i}", $"passage {i}"))];
        await PairFile.OpenWriter(_folder.File("whole-" + name)).WriteAllAsync(pairs);
        string path = _folder.File(name);
        using (RecordWriter<QueryPassagePair> writer = PairFile.OpenWriter(path, SaveByHand))
        {
            foreach (QueryPassagePair pair in pairs[..7])
                writer.Write(pair);
            writer.Save("input 3");
            // Written but not saved: lost, as with a kill.
            writer.Write(pairs[7]);
        }

        Assert.False(File.Exists(path));
        using (RecordWriter<QueryPassagePair> writer = PairFile.OpenWriter(path, SaveByHand))
        {
            Assert.Equal((OutputStart.Continued, 7L, "input 3"), (writer.Start, writer.Records, writer.State));
            foreach (QueryPassagePair pair in pairs[7..])
                writer.Write(pair);
            await writer.CompleteAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllBytesAsync(_folder.File("whole-" + name), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.parquet")]
    public void WithoutAFingerprintNothingHalfWrittenStays(string name)
    {
        using (RecordWriter<Triplet> writer = TripletFile.OpenWriter(_folder.File(name)))
            writer.Write(new Triplet("q", ["p"], []));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task AFinishedOutputIsKeptUnlessItIsToBeOverwritten()
    {
        string path = _folder.File("a.jsonl");
        await TripletFile.OpenWriter(path).WriteAllAsync([new Triplet("q", ["p"], [])]);
        Assert.Throws<OutputExistsException>(() => TripletFile.OpenWriter(path));
        await TripletFile.OpenWriter(path, new RecordWriterOptions { Overwrite = true }).WriteAllAsync([]);
        Assert.Empty(await TripletFile.Read(path).ReadAllAsync());
    }

    [Fact]
    public async Task AnEmptyParquetFileReadsBackAsNoRecords()
    {
        string path = _folder.File("a.parquet");
        await TripletFile.OpenWriter(path).WriteAllAsync([]);
        Assert.Empty(await TripletFile.Read(path).ReadAllAsync());
    }

    [Fact]
    public void WhatNoReaderWouldTakeIsNotWritten()
    {
        using RecordWriter<Triplet> triplets = TripletFile.OpenWriter(_folder.File("t.jsonl"));
        using RecordWriter<QueryPassagePair> pairs = PairFile.OpenWriter(_folder.File("p.jsonl"));
        Triplet good = new("q", ["p"], ["n"]);
        foreach (Triplet bad in (Triplet[])[
            good with { Query = " " },
            good with { Positives = [] },
            good with { Negatives = ["\n"] },
            good with { NegativeScores = [] },
            good with { PositiveScores = [float.NaN] },
            good with { Query = "half \ud83d" },
            good with { Group = "" }])
        {
            Assert.Throws<ArgumentException>(() => triplets.Write(bad));
        }

        Assert.Throws<ArgumentException>(() => pairs.Write(new QueryPassagePair("", "q", "p")));
        Assert.Throws<ArgumentException>(() => pairs.Write(new QueryPassagePair("1", "q", "")));
        Assert.Throws<ArgumentException>(() => pairs.Write(new QueryPassagePair("1", "q", "p") { Relevance = double.PositiveInfinity }));
        Assert.Equal((0L, 0L), (triplets.Records, pairs.Records));
    }

    [Fact]
    public void OutputsWithoutAFormAreRefused()
    {
        Assert.Contains("neither of the extensions", Assert.Throws<DataFormatException>(() => PairFile.OpenWriter(_folder.File("a.csv"))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task StandardOutputTakesJsonLines()
    {
        MemoryStream output = new();
        await TripletFile.OpenWriter("-", new RecordWriterOptions { StandardOutput = output }).WriteAllAsync([new Triplet("q", ["p"], [])]);
        Assert.Equal("{\"query\":\"q\",\"pos\":[\"p\"],\"neg\":[]}\n"u8, output.ToArray());
    }
}
