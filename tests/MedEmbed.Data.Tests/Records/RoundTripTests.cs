using System.Globalization;
using CsCheck;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Triplets;
using Parquet;

namespace MedEmbed.Data.Tests.Records;

public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.parquet")]
    public void PairsReadBackAsTheyWereWritten(string name) =>
        RecordFiles.Pair.Array[0, 12].Sample(
            pairs =>
            {
                using TemporaryFolder folder = new();
                string path = folder.File(name);
                PairFile.OpenWriter(path).WriteAllAsync(pairs).GetAwaiter().GetResult();
                Assert.Equal(pairs, PairFile.Read(path).ReadAllAsync().GetAwaiter().GetResult());
            },
            iter: 40);

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.parquet")]
    public void TripletsReadBackAsTheyWereWritten(string name) =>
        RecordFiles.Triplet.Array[0, 12].Sample(
            triplets =>
            {
                using TemporaryFolder folder = new();
                string path = folder.File(name);
                TripletFile.OpenWriter(path).WriteAllAsync(triplets).GetAwaiter().GetResult();
                Assert.Equal(triplets.Select(RecordFiles.Content), TripletFile.Read(path).ReadAllAsync().GetAwaiter().GetResult().Select(RecordFiles.Content));
            },
            iter: 40);

    [Fact]
    public async Task LinesHaveFlagEmbeddingsFormInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            string path = _folder.File("t.jsonl");
            await TripletFile.OpenWriter(path).WriteAllAsync([
                new Triplet("q é", ["p"], []),
                new Triplet("q", ["p", "r"], ["n\n"]) { PositiveScores = [0.5f, -1.25f], NegativeScores = [1e-10f], QueryId = "7", Group = "note", Source = "s", Prompt = "Find: ", Type = "normal" },
            ]);
            Assert.Equal(
                """
                {"query":"q é","pos":["p"],"neg":[]}
                {"query_id":"7","query":"q","pos":["p","r"],"neg":["n\n"],"pos_scores":[0.5,-1.25],"neg_scores":[1E-10],"group":"note","source":"s","prompt":"Find: ","type":"normal"}

                """,
                await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.parquet")]
    public async Task TheSameRecordsMakeTheSameBytes(string name)
    {
        Triplet[] triplets = [.. Enumerable.Range(0, 50).Select(i => new Triplet($"q{i}", [$"p{i}"], [$"n{i}", "m"]) { NegativeScores = [i, 0.1f] })];
        await TripletFile.OpenWriter(_folder.File("1" + name)).WriteAllAsync(triplets);
        await TripletFile.OpenWriter(_folder.File("2" + name)).WriteAllAsync(triplets);
        Assert.Equal(await BytesAsync("1" + name), await BytesAsync("2" + name));
    }

    [Fact]
    public async Task ParquetHasRowGroupsOfAtMostTenThousandRows()
    {
        string path = _folder.File("a.parquet");
        QueryPassagePair[] pairs = [.. Enumerable.Range(0, 10_003).Select(i => new QueryPassagePair($"{i}", $"q{i}", "p"))];
        await PairFile.OpenWriter(path).WriteAllAsync(pairs);
        await using (ParquetReader reader = await ParquetReader.CreateAsync(path, cancellationToken: TestContext.Current.CancellationToken))
            Assert.Equal([10_000L, 3L], reader.RowGroups.Select(group => group.RowCount));
        Assert.Equal(pairs, await PairFile.Read(path).ReadAllAsync());
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task LongRowsMakeShorterRowGroups()
    {
        string path = _folder.File("a.parquet");
        string passage = new('x', 1 << 20);
        await PairFile.OpenWriter(path).WriteAllAsync(Enumerable.Range(0, 70).Select(i => new QueryPassagePair($"{i}", "q", passage)));
        await using ParquetReader reader = await ParquetReader.CreateAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, reader.RowGroupCount);
        Assert.Equal(70, reader.RowGroups.Sum(group => group.RowCount));
    }

    private Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(_folder.File(name), TestContext.Current.CancellationToken);
}
