using MedEmbed.Data.Pairs;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Records;
using MedEmbed.Data.Triplets;
using Parquet;
using Parquet.Schema;

namespace MedEmbed.Data.Tests.Records;

/// <summary>One bad line for every rule.</summary>
public sealed class FaultyRecordTests : IDisposable
{
    private const string Remedy = " Fix the line, or leave faulty lines out (SkipBadLines).";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> BadTriplets => new()
    {
        { """{"pos":["p"]}""", "field \"query\" is missing or null; every triplet needs a query." },
        { """{"query":null,"pos":["p"]}""", "field \"query\" is missing or null; every triplet needs a query." },
        { """{"query":" \n","pos":["p"]}""", "field \"query\" is empty; every triplet needs a query." + Remedy },
        { """{"query":7,"pos":["p"]}""", "field \"query\" is a number (byte 10); it must be a string." },
        { """{"query":"q","neg":["n"]}""", "field \"pos\" is missing or null; every triplet needs at least one positive." },
        { """{"query":"q","pos":[]}""", "field \"pos\" is empty; every triplet needs at least one positive." + Remedy },
        { """{"query":"q","pos":"p"}""", "field \"pos\" is a string (byte 20); it must be an array of strings." },
        { """{"query":"q","pos":["p",5]}""", "field \"pos[1]\" is a number (byte 25); it must be a string." },
        { """{"query":"q","pos":["p"],"neg":[null]}""", "field \"neg[0]\" is null (byte 33); it must be a string." },
        { """{"query":"q","pos":["p"],"neg":["n",[]]}""", "field \"neg[1]\" is an array (byte 37); it must be a string." },
        { """{"query":"q","pos":["p",""]}""", "field \"pos[1]\" is empty; every passage needs a text." + Remedy },
        { """{"query":"q","pos":["p"],"neg":[" "]}""", "field \"neg[0]\" is empty; every passage needs a text." + Remedy },
        { """{"query":"q","pos":["p"],"pos_scores":[1,2]}""", "field \"pos_scores\" has 2 numbers for 1 passages of \"pos\"; every passage needs one, or the field is left out." + Remedy },
        { """{"query":"q","pos":["p"],"neg_scores":[1]}""", "field \"neg_scores\" has 1 numbers for 0 passages of \"neg\"; every passage needs one, or the field is left out." + Remedy },
        { """{"query":"q","pos":["p"],"pos_scores":["1"]}""", "field \"pos_scores[0]\" is a string (byte 40); it must be a finite number." },
        { """{"query":"q","pos":["p"],"pos_scores":[1e99]}""", "field \"pos_scores[0]\" is a number (byte 40); it must be a finite number." },
        { """{"query":"q","pos":["p"],"pos_scores":[NaN]}""", "broken JSON at byte 40 of the line: each line must be one whole JSON object and nothing else." },
        { """{"query":"q","pos":["p"],"query_id":""}""", "field \"query_id\" is empty; give an id, or leave the field out." },
        { """{"query":"q","pos":["\ud800"]}""", "field \"pos\" holds half of a surrogate pair (a \\uD800–\\uDFFF escape without its partner) in the string at byte 21; it is no Unicode text. Fix the escape." },
        { """{"query":"q","pos":["p"]""", "broken JSON at byte 25 of the line: each line must be one whole JSON object and nothing else." },
        { """["q"]""", "the line is no JSON object; each line must be one object, {\"field\": value, …}." },
    };

    public static TheoryData<string, string> BadPairs => new()
    {
        { """{"query_id":"1","positive":"p"}""", "field \"query\" is missing or null; every pair needs a query." },
        { """{"query":"q"}""", "field \"positive\" is missing or null; every pair needs the passage that answers its query." },
        { """{"query":"q","positive":""}""", "field \"positive\" is empty; every pair needs the passage that answers its query." + Remedy },
        { """{"query":"q","positive":["p"]}""", "field \"positive\" is an array (byte 25); it must be a string." },
        { """{"query":"q","positive":"p","relevance":"0.9"}""", "field \"relevance\" is a string (byte 41); it must be a finite number." },
        { """{"query":"q","positive":"p","note_id":true}""", "field \"note_id\" is a boolean (byte 39); it must be a string or a number." },
    };

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(BadTriplets))]
    public Task ATripletsFaultNamesFileLineFieldRuleAndRemedy(string line, string expected) =>
        RequireFaultAsync(options => TripletFile.Read(WriteAround(line, """{"query":"q","pos":["p"]}"""), options), expected);

    [Theory, MemberData(nameof(BadPairs))]
    public Task APairsFaultNamesFileLineFieldRuleAndRemedy(string line, string expected) =>
        RequireFaultAsync(options => PairFile.Read(WriteAround(line, """{"query":"q","positive":"p"}"""), options), expected);

    [Fact]
    public async Task OverlongLinesAreRefused()
    {
        string path = _folder.Write("t.jsonl", """{"query":"q","pos":["a passage"]}""");
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => TripletFile.Read(path, new ReadOptions { MaxLineBytes = 20 }).ReadAllAsync());
        Assert.Equal($"{path}:1: the line is longer than the limit of 20 bytes (MaxLineBytes); split it, or raise the limit.", error.Message);
    }

    [Fact]
    public async Task FieldsOfOtherToolsArePassedOver()
    {
        string path = _folder.Write("t.jsonl.gz", """
            {"query":"q","pos":["p"],"neg":null,"pos_scores":null,"pos_id":[1],"meta":{"pos":[7]},"prompt":"Find: ","type":"normal","query_id":12}

            {"query":"q","pos":["p"]}
            """);
        RecordReader<Triplet> reader = TripletFile.Read(path);
        List<Triplet> triplets = await reader.ReadAllAsync();
        Assert.Equal([("12", "Find: ", "normal"), (null, null, null)], triplets.Select(triplet => (triplet.QueryId, triplet.Prompt, triplet.Type)));
        Assert.All(triplets, triplet => Assert.Empty(triplet.Negatives));
        Assert.Equal(3, reader.LinesRead);
    }

    [Fact]
    public async Task PairsWithoutAnIdAreNumberedByLine()
    {
        string path = _folder.Write("p.jsonl.zst", "{\"query\":\"q\",\"positive\":\"p\"}\n\n{\"query\":\"q\",\"positive\":\"p\",\"note_id\":5}\n");
        List<QueryPassagePair> pairs = await PairFile.Read(path).ReadAllAsync();
        Assert.Equal([("0", null), ("2", "5")], pairs.Select(pair => (pair.QueryId, pair.NoteId)));
    }

    [Fact]
    public async Task ParquetFaultsNameTheRowOrTheColumn()
    {
        ParquetSchema listless = new(new DataField<string>("query"), new DataField<string>("pos"));
        string path = await WriteParquetAsync(listless, async (group, fields) =>
        {
            await group.WriteAsync(fields[0], (string[])["q"]);
            await group.WriteAsync(fields[1], (string[])["p"]);
        });
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => TripletFile.Read(path).ReadAllAsync());
        Assert.Equal($"{path}: column \"pos\" holds single values; it must hold lists.", error.Message);

        ParquetSchema nullable = new(new DataField<string>("query"), new ListField("pos", new DataField<string>("element")), new ListField("pos_scores", new DataField<double>("element")));
        path = await WriteParquetAsync(nullable, async (group, fields) =>
        {
            await group.WriteAsync(fields[0], (string[])["q0", "q1", "q2", "q3"]);
            // ["a", "b"], [null], [], null
            int value = fields[1].MaxDefinitionLevel;
            await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(fields[1], new[] { "a".AsMemory(), "b".AsMemory() }, new[] { value, value, value - 1, value - 2, 0 }, new[] { 0, 1, 0, 0, 0 }, default);
            int number = fields[2].MaxDefinitionLevel;
            await group.WriteAllPartsAsync<double>(fields[2], new[] { 0.1, 2 }, new[] { number, number, 0, 0, 0 }, new[] { 0, 1, 0, 0, 0 }, default);
        });
        RecordReader<Triplet> reader = TripletFile.Read(path, new ReadOptions { SkipBadLines = true });
        Triplet triplet = Assert.Single(await reader.ReadAllAsync());
        Assert.Equal((string[])["a", "b"], triplet.Positives);
        Assert.Equal((float[])[0.1f, 2], triplet.PositiveScores!);
        Assert.Equal(
            [
                $"{path}:2: field \"pos[0]\" is null; it must be a string.",
                $"{path}:3: field \"pos\" is empty; every triplet needs at least one positive.{Remedy}",
                $"{path}:4: field \"pos\" is missing or null; every triplet needs at least one positive.",
            ],
            reader.BadLines.FirstReasons);
    }

    private async Task RequireFaultAsync<T>(Func<ReadOptions?, RecordReader<T>> open, string expected)
    {
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => open(null).ReadAllAsync());
        Assert.Equal($"{_folder.File("r.jsonl")}:2: {expected}", error.Message);
        RecordReader<T> skipping = open(new ReadOptions { SkipBadLines = true });
        Assert.Equal(2, (await skipping.ReadAllAsync()).Count);
        Assert.Equal([error.Message], skipping.BadLines.FirstReasons);
    }

    private string WriteAround(string line, string good) => _folder.Write("r.jsonl", $"{good}\n{line}\n{good}\n");

    private async Task<string> WriteParquetAsync(ParquetSchema schema, Func<ParquetRowGroupWriter, DataField[], Task> write)
    {
        string path = _folder.File("t.parquet");
        await using FileStream file = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: TestContext.Current.CancellationToken);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        await write(group, schema.DataFields);
        return path;
    }
}
