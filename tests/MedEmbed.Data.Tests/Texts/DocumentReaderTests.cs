using System.Text;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Tests.Texts;

public sealed class DocumentReaderTests : IDisposable
{
    private const string TwoLines = """
        {"_id":"a","title":"Fever","text":"in children","metadata":{"year":2020,"tags":["x"]}}
        {"_id":"b","text":""}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.jsonl.gz")]
    [InlineData("a.jsonl.zst")]
    [InlineData("a.JSONL.GZ")]
    [InlineData("a.data")]
    public async Task EveryFormOfAFileGivesTheSameDocuments(string name)
    {
        List<Document> documents = await new DocumentReader(_folder.Write(name, TwoLines)).ReadAllAsync();
        Assert.Equal(["a", "b"], documents.Select(document => document.Id));
        Assert.Equal(["Fever", null], documents.Select(document => document.Title));
        Assert.Equal(["in children", ""], documents.Select(document => document.Text));
        Assert.Equal(2020, documents[0].Metadata!.Value.GetProperty("year").GetInt32());
        Assert.Null(documents[1].Metadata);
    }

    [Fact]
    public async Task ByteOrderMarkAndCrlfAreTolerated()
    {
        List<Document> documents = await Data.ReadDocumentsAsync("\uFEFF{\"text\":\"one\"}\r\n\r\n{\"text\":\"two\"}\r\n");
        Assert.Equal([("0", "one"), ("2", "two")], documents.Select(document => (document.Id, document.Text)));
    }

    [Fact]
    public async Task PlainTextKeepsEmptyLinesAndLooseFirstCharacters()
    {
        List<Document> documents = await new DocumentReader(new MemoryStream("\n  one\ntwo\r\n\n"u8.ToArray()), "-").ReadAllAsync();
        Assert.Equal([("0", ""), ("1", "  one"), ("2", "two"), ("3", "")], documents.Select(document => (document.Id, document.Text)));
    }

    [Fact]
    public async Task AnExplicitFormatBeatsTheFirstCharacter()
    {
        List<Document> documents = await Data.ReadDocumentsAsync("{curly} braces\n", new DocumentReadOptions { Format = TextFormat.PlainText });
        Assert.Equal("{curly} braces", Assert.Single(documents).Text);
    }

    [Theory]
    [InlineData("empty.jsonl")]
    [InlineData("empty.txt")]
    [InlineData("empty")]
    [InlineData("empty.jsonl.zst")]
    public async Task AnEmptyFileHasNoDocuments(string name) =>
        Assert.Empty(await new DocumentReader(_folder.Write(name, "")).ReadAllAsync());

    [Fact]
    public async Task NumbersAsIdsKeepTheirWrittenForm()
    {
        List<Document> documents = await Data.ReadDocumentsAsync("{\"_id\":12,\"text\":\"\"}\n{\"_id\":1.50,\"text\":\"\"}\n{\"_id\":null,\"text\":\"\"}");
        Assert.Equal(["12", "1.50", "2"], documents.Select(document => document.Id));
    }

    [Fact]
    public async Task EscapesAndOtherPlanesAreDecoded()
    {
        Document document = Assert.Single(await Data.ReadDocumentsAsync("""{"t\u0065xt":"\ud83d\ude00 é 😀\n","other":{"text":[1,{"text":"no"}]}}"""));
        Assert.Equal("😀 é 😀\n", document.Text);
    }

    [Fact]
    public async Task FieldNamesCanBeMapped()
    {
        DocumentReadOptions options = new() { Fields = new DocumentFields { Id = "sample_id", Text = "transcription", Title = null } };
        Document document = Assert.Single(await Data.ReadDocumentsAsync("""{"sample_id":"7","transcription":"Chest pain.","title":5}""", options));
        Assert.Equal(("7", "Chest pain.", null), (document.Id, document.Text, document.Title));
    }

    [Fact]
    public async Task AFoldedPairIsRead() =>
        Assert.Equal("b", Assert.Single(await Data.ReadDocumentsAsync("""{"text":"a","pair":"b"}""")).Pair);

    [Fact]
    public async Task LinesBeyondTheBufferArriveWhole()
    {
        string longText = string.Concat(Enumerable.Range(0, 300_000).Select(i => (char)('a' + (i % 26))));
        List<Document> documents = await Data.ReadDocumentsAsync($"{{\"text\":\"{longText}\"}}\n{{\"text\":\"short\"}}\n{{\"text\":\"{longText}é\"}}");
        Assert.Equal([longText, "short", longText + "é"], documents.Select(document => document.Text));
    }

    [Theory]
    [InlineData("é", 1)]
    [InlineData("é", 3)]
    public async Task AStreamThatGivesFewBytesAtATimeIsReadTheSame(string text, int bytesAtATime)
    {
        byte[] content = Encoding.UTF8.GetBytes($"\uFEFF{{\"text\":\"{text}\"}}\r\n{{\"text\":\"2\"}}\n");
        List<Document> documents = await new DocumentReader(new TricklingStream(content, bytesAtATime), "slow").ReadAllAsync();
        Assert.Equal([text, "2"], documents.Select(document => document.Text));
    }

    [Fact]
    public async Task AGzipFileOfSeveralMembersIsReadToItsEnd()
    {
        byte[] first = await File.ReadAllBytesAsync(_folder.Write("1.gz", string.Concat(Enumerable.Range(0, 40_000).Select(i => $"line {i}\n"))), TestContext.Current.CancellationToken);
        byte[] second = await File.ReadAllBytesAsync(_folder.Write("2.gz", "last"), TestContext.Current.CancellationToken);
        string path = _folder.File("both.txt.gz");
        await File.WriteAllBytesAsync(path, [.. first, .. second], TestContext.Current.CancellationToken);
        List<Document> documents = await new DocumentReader(path).ReadAllAsync();
        Assert.Equal((40_001, "last"), (documents.Count, documents[^1].Text));
    }

    [Fact]
    public async Task CountersTellLinesDocumentsAndBytes()
    {
        string path = _folder.Write("a.jsonl", TwoLines + "\n\n");
        DocumentReader reader = new(path);
        await reader.ReadAllAsync();
        long bytes = new FileInfo(path).Length;
        Assert.Equal((3L, 2L, bytes, (long?)bytes), (reader.LinesRead, reader.DocumentsRead, reader.BytesRead, reader.BytesTotal));
    }

    [Fact]
    public async Task CancellationEndsTheRead()
    {
        using CancellationTokenSource source = new();
        DocumentReader reader = new(_folder.Write("a.jsonl", TwoLines));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Document _ in reader.ReadAsync(source.Token))
                await source.CancelAsync();
        });
    }

    private sealed class TricklingStream(byte[] content, int bytesAtATime) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(bytesAtATime, buffer.Length)], cancellationToken);
    }
}
