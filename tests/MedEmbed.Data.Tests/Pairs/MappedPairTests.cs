using MedEmbed.Data.Pairs;
using MedEmbed.Data.Triplets;
using Parquet;
using Parquet.Schema;

namespace MedEmbed.Data.Tests.Pairs;

/// <summary>Pairs of records whose fields have names of their own.</summary>
public sealed class MappedPairTests : IDisposable
{
    private const string Lines = """
        {"dr":7,"question_1":"a","question_2":"b","label":1,"good":true}
        {"dr":"8","question_1":"c","question_2":"d","label":0,"good":false}

        {"dr":null,"question_1":"e","question_2":"f","label":1,"good":false}
        {"dr":" ","question_1":"g","question_2":"h","label":1.0,"good":null}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly PairFields _fields = new() { Query = "question_1", Positive = "question_2", Group = "dr" };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mqp.v2.jsonl")]
    [InlineData("mqp.jsonl.gz")]
    public async Task NamedFieldsMakeThePairs(string name)
    {
        (TripletSource source, List<Triplet> read) = await ReadAsync(_folder.Write(name, Lines), _fields);
        Assert.Equal((TripletSourceForm.Pairs, 5L), (source.Form, source.Line));
        Assert.Equal(["a b 7", "c d 8", "e f ", "g h "], read.Select(triplet => $"{triplet.Query} {triplet.Positives.Single()} {triplet.Group}"));
        Assert.All(read, triplet => Assert.True(triplet is { QueryId: null, Source: "mqp", Negatives.Count: 0 }));
    }

    [Theory]
    [InlineData("a e", "label=1")]
    [InlineData("a e g", "label=1", "label=1.0")]
    [InlineData("a", "label=1", "good=true")]
    [InlineData("c", "dr=8")]
    [InlineData("", "label=2")]
    [InlineData("", "good=null")]
    public async Task ConditionsOnOneFieldAreAlternativesAndOnSeveralAllHold(string queries, params string[] conditions)
    {
        PairFields fields = _fields with { Conditions = Array.ConvertAll(conditions, Condition) };
        Assert.Equal(queries, string.Join(' ', (await ReadAsync(_folder.Write("a.jsonl", Lines), fields)).Read.Select(triplet => triplet.Query)));
    }

    [Fact]
    public async Task TextsOfInnerObjectsAndTheFirstOfSeveralMakePairs()
    {
        string path = _folder.Write("bioasq.jsonl", """
            {"text":"a","metadata":{"type":"yesno","answer":["b","c"],"inner":{"answer":"z"}}}
            {"metadata":{"answer":"d"},"text":["e"]}
            {"metadata.answer":"f","metadata":{"answer":"z"},"text":"g"}
            {"text":"h","metadata":{"answer":[]}}
            {"text":"i","metadata":{"type":"yesno"}}
            {"text":"j","metadata":null}
            """);
        (TripletSource source, List<Triplet> read) = await ReadAsync(path, new PairFields { Query = "text", Positive = "metadata.answer" });
        Assert.Equal(["a b", "e d", "g f"], read.Select(triplet => $"{triplet.Query} {triplet.Positives.Single()}"));
        Assert.Equal(3, source.Omitted.Count);
    }

    [Theory]
    [InlineData("""{"text":"a"}""", "field \"metadata.answer\" is missing")]
    [InlineData("""{"text":"a","metadata":"b"}""", "it must be an object")]
    [InlineData("""{"text":"a","metadata":{"answer":["b",1]}}""", "field \"metadata.answer[1]\" is a number")]
    [InlineData("""{"text":"a","metadata":{"answer":{}}}""", "it must be a string or an array of strings")]
    public async Task AnInnerFieldThatIsNoTextIsAFault(string line, string message) =>
        Assert.Contains(message, (await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(_folder.Write("a.jsonl", line), new PairFields { Query = "text", Positive = "metadata.answer" }))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task ParquetColumnsMakeTheSamePairs()
    {
        string path = _folder.File("mqp.parquet");
        var schema = new ParquetSchema(
            new DataField<string>("question_1"), new DataField<string>("question_2"), new DataField<int>("label"), new DataField<bool>("good", nullable: true), new DataField<long>("dr"));
        await using (FileStream file = File.Create(path))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: TestContext.Current.CancellationToken))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(schema.DataFields[0], new[] { "a", "c", "e" });
            await group.WriteAsync(schema.DataFields[1], new[] { "b", "d", "f" });
            await group.WriteAsync<int>(schema.DataFields[2], new[] { 1, 0, 1 }, cancellationToken: TestContext.Current.CancellationToken);
            await group.WriteAsync<bool>(schema.DataFields[3], new bool?[] { true, true, null }, cancellationToken: TestContext.Current.CancellationToken);
            await group.WriteAsync<long>(schema.DataFields[4], new[] { 7L, 8L, 9L }, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(["a7", "e9"], (await ReadAsync(path, _fields with { Conditions = [Condition("label=1")] })).Read.Select(triplet => triplet.Query + triplet.Group));
        Assert.Equal(["a7"], (await ReadAsync(path, _fields with { Conditions = [Condition("label=1"), Condition("good=true")] })).Read.Select(triplet => triplet.Query + triplet.Group));
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(path, _fields with { Query = "question" }));
        Assert.Equal($"{path}: column \"question\" is missing; the file has the columns \"question_1\", \"question_2\", \"label\", \"good\", \"dr\". Name one of these.", error.Message);
    }

    [Fact]
    public async Task AFileOfPairFormKeepsItsOwnIdsUnderACondition()
    {
        string path = _folder.File("p.jsonl");
        await Records.RecordFiles.WriteAllAsync(PairFile.OpenWriter(path), [new("7", "q", "p") { QueryType = "lay", NoteId = "n", Source = "s" }, new("8", "r", "o") { QueryType = "keyword" }]);
        Triplet triplet = Assert.Single((await ReadAsync(path, new PairFields { Conditions = [Condition("query_type=lay")] })).Read);
        Assert.Equal(("7", "q", "lay", "p", "n", "s"), (triplet.QueryId, triplet.Query, triplet.QueryType, triplet.Positives.Single(), triplet.Group, triplet.Source));
    }

    [Theory]
    [InlineData("question_1", "answer", "dr", "label", "field \"answer\" is missing; the line has the fields \"dr\", \"question_1\", \"question_2\", \"label\", \"good\". Name one of these")]
    [InlineData("question_1", "question_2", "doctor", "label", "field \"doctor\" is missing")]
    [InlineData("question_1", "question_2", "dr", "lable", "field \"lable\" is missing")]
    [InlineData("question_1", "label", "dr", "good", "field \"label\" is a number (byte")]
    public async Task AFieldThatIsNotThereIsNamedWithThoseThatAre(string query, string positive, string group, string condition, string problem)
    {
        var fields = new PairFields { Query = query, Positive = positive, Group = group, Conditions = [new FieldCondition(condition, "1")] };
        string path = _folder.Write("a.jsonl", Lines);
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(path, fields));
        Assert.StartsWith($"{path}:1: {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecordsWithoutATextAreOmittedAndThoseWithoutTheFieldAreFaulty()
    {
        string path = _folder.Write("a.jsonl", """
            {"question_1":"a","question_2":"","dr":"1","label":0}
            {"question_1":"b","question_2":null,"dr":"1","label":1}
            {"question_1":"c","question_2":"d","dr":"1","label":1}
            {"question_1":" ","question_2":"d","dr":"1","label":1}
            {"question_1":"e"}
            """);
        PairFields fields = _fields with { Conditions = [Condition("label=1")] };
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(path, fields));
        Assert.StartsWith($"{path}:5: field \"question_2\" is missing; the line has the fields \"question_1\".", error.Message, StringComparison.Ordinal);
        (TripletSource source, List<Triplet> read) = await ReadAsync(path, fields, skipBadLines: true);
        Assert.Equal(("c", 1L), (Assert.Single(read).Query, source.BadLines.Count));
        Assert.Equal(
            [$"{path}:2: field \"question_2\" is empty or null; a record without both texts makes no pair.", $"{path}:4: field \"question_1\" is empty or null; a record without both texts makes no pair."],
            source.Omitted.FirstReasons);
    }

    [Fact]
    public async Task ABeirFolderHasNoFieldsToName()
    {
        _folder.Write("qrels/train.tsv", "query-id\tcorpus-id\tscore\nq\td\t1\n");
        _folder.Write("corpus.jsonl", "{\"_id\":\"d\",\"text\":\"t\"}\n");
        _folder.Write("queries.jsonl", "{\"_id\":\"q\",\"text\":\"t\"}\n");
        Assert.Contains("fixed names", (await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(_folder.Path, _fields))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("label=1", true, "label", "1")]
    [InlineData("a=b=c", true, "a", "b=c")]
    [InlineData("a=", true, "a", "")]
    [InlineData("=a", false, null, null)]
    [InlineData("label", false, null, null)]
    public void AConditionIsFieldEqualsValue(string text, bool valid, string? field, string? value)
    {
        Assert.Equal(valid, FieldCondition.TryParse(text, out FieldCondition condition));
        Assert.Equal((field, value), (condition.Field, condition.Value));
    }

    [Fact, Trait("Category", "Golden")]
    public async Task SharedQuestionPairsAreReadWithoutAConversion()
    {
        string mqp = SharedFiles.Require("data/train/mqp/mqp.jsonl"), rqe = SharedFiles.Require("data/train/rqe/rqe.jsonl"), medquad = SharedFiles.Require("data/train/medquad/medquad_train.jsonl");
        PairFields questions = new() { Query = "question_1", Positive = "question_2", Group = "dr_id", Conditions = [Condition("label=1")] };
        Assert.Equal(Count(mqp, "\"label\": 1}"), (await ReadAsync(mqp, questions)).Read.Count);
        (TripletSource source, List<Triplet> entailed) = await ReadAsync(rqe, new() { Query = "chq", Positive = "faq", Conditions = [Condition("label=true")] });
        Assert.Equal(Count(rqe, "\"label\": \"true\""), entailed.Count + source.Omitted.Count);
        List<Triplet> pages = (await ReadAsync(medquad, new() { Query = "question", Positive = "answer", Group = "focus" })).Read;
        Assert.Equal(File.ReadLines(medquad).Count(), pages.Count);
        Assert.DoesNotContain(pages, triplet => triplet.Group is null);
    }

    private static int Count(string path, string mark) => File.ReadLines(path).Count(line => line.Contains(mark, StringComparison.Ordinal));

    private static FieldCondition Condition(string text) => FieldCondition.TryParse(text, out FieldCondition condition) ? condition : throw new FormatException(text);

    private static async Task<(TripletSource Source, List<Triplet> Read)> ReadAsync(string path, PairFields fields, bool skipBadLines = false)
    {
        TripletSource source = await TripletSource.OpenAsync(path, new TripletSourceOptions { Fields = fields, SkipBadLines = skipBadLines }, TestContext.Current.CancellationToken);
        List<Triplet> read = [];
        await foreach (Triplet triplet in source.ReadAsync(TestContext.Current.CancellationToken))
            read.Add(triplet);
        return (source, read);
    }
}
