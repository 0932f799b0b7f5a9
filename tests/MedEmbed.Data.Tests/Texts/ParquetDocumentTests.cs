using MedEmbed.Data.Judgments;
using MedEmbed.Data.Texts;
using Parquet;
using Parquet.Schema;

namespace MedEmbed.Data.Tests.Texts;

public sealed class ParquetDocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ColumnsMakeDocumentsAcrossRowGroups()
    {
        string path = await WriteTextsAsync(["a", "b"], ["c", "d", "e"]);
        DocumentReader reader = new(path);
        List<Document> documents = await reader.ReadAllAsync();
        Assert.Equal(["id-a", "id-b", "id-c", "id-d", "id-e"], documents.Select(document => document.Id));
        Assert.Equal(["é a", "é b", "é c", "é d", "é e"], documents.Select(document => document.TitleAndText));
        Assert.Equal((5L, 5L), (reader.LinesRead, reader.DocumentsRead));
        List<Document> shard = await new DocumentReader(path, new DocumentReadOptions { Shard = new Shard(1, 3) }).ReadAllAsync();
        Assert.Equal(["id-b", "id-e"], shard.Select(document => document.Id));
    }

    [Fact]
    public async Task DuplicateIdsAndMissingColumnsAreTold()
    {
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(async () => await new DocumentReader(await WriteTextsAsync(["a"], ["a"])).ReadAllAsync());
        Assert.Equal(2, error.Line);
        DocumentReadOptions options = new() { Fields = new DocumentFields { Text = "body" } };
        string path = _folder.File("texts.parquet");
        error = await Assert.ThrowsAsync<DataFormatException>(() => new DocumentReader(path, options).ReadAllAsync());
        Assert.Contains("\"body\" is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"title\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QrelsAreReadFromNumberColumns()
    {
        string path = _folder.File("test.parquet");
        ParquetSchema schema = new(new DataField<string>("query-id"), new DataField<long>("corpus-id"), new DataField<double>("score"));
        await using (FileStream file = File.Create(path))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: TestContext.Current.CancellationToken))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(schema.DataFields[0], (string[])["q", "q"]);
            await group.WriteAsync<long>(schema.DataFields[1], new long[] { 7, 8 }.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            await group.WriteAsync<double>(schema.DataFields[2], new double[] { 1, 2 }.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        }

        Qrels qrels = await QrelsFile.ReadAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([new Judgment("q", "7", 1), new Judgment("q", "8", 2)], qrels.Enumerate());
    }

    private async Task<string> WriteTextsAsync(params string[][] groups)
    {
        string path = _folder.File("texts.parquet");
        ParquetSchema schema = new(new DataField<string>("_id"), new DataField<string>("title"), new DataField<string>("text"));
        await using FileStream file = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: TestContext.Current.CancellationToken);
        foreach (string[] texts in groups)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(schema.DataFields[0], texts.Select(text => "id-" + text).ToArray());
            await group.WriteAsync(schema.DataFields[1], texts.Select(_ => "é").ToArray());
            await group.WriteAsync(schema.DataFields[2], texts);
        }

        return path;
    }
}
