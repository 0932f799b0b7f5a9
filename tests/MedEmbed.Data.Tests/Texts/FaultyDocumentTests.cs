using System.Text;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Tests.Texts;

/// <summary>One bad file for every rule.</summary>
public sealed class FaultyDocumentTests : IDisposable
{
    private const string Good = "{\"text\":\"good\"}\n";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string[]> BadLineCases => new()
    {
        { "broken", """{"text":"a" "b":1}""", ["broken JSON", "byte 13"] },
        { "cut off", """{"text":"a""", ["broken JSON"] },
        { "behind the object", """{"text":"a"} x""", ["broken JSON", "byte 14"] },
        { "an array", """["text"]""", ["no JSON object"] },
        { "no text", """{"_id":"x","title":"t"}""", ["\"text\"", "missing"] },
        { "null text", """{"text":null}""", ["\"text\"", "null"] },
        { "number as text", """{"text":5}""", ["\"text\"", "string"] },
        { "object as text", """{"text":{}}""", ["\"text\"", "an object"] },
        { "array as title", """{"text":"","title":[]}""", ["\"title\"", "an array"] },
        { "boolean as id", """{"_id":true,"text":""}""", ["\"_id\"", "boolean"] },
        { "empty id", """{"_id":"","text":""}""", ["\"_id\"", "empty"] },
        { "string as metadata", """{"text":"","metadata":"m"}""", ["\"metadata\"", "object"] },
        { "lone high surrogate", """{"text":"\ud800"}""", ["\"text\"", "surrogate", "byte 9"] },
        { "lone low surrogate", """{"text":"a\udc00b"}""", ["\"text\"", "surrogate"] },
        { "lone surrogate in id", """{"_id":"\ud83dx","text":""}""", ["\"_id\"", "surrogate"] },
        { "lone surrogate in metadata", """{"text":"","metadata":{"a":["\ud800"]}}""", ["\"metadata\"", "surrogate"] },
        { "too deep", $"{{\"text\":\"\",\"x\":{new string('[', 100)}{new string(']', 100)}}}", ["deeper", "MaxJsonDepth"] },
    };

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(BadLineCases))]
    public async Task AFaultNamesFileLineFieldAndRule(string name, string line, string[] expected)
    {
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => Data.ReadDocumentsAsync(Good + line + "\n"));
        Assert.True(error.Message.StartsWith("test.jsonl:2: ", StringComparison.Ordinal), $"{name}: {error.Message}");
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Equal(("test.jsonl", 2L), (error.File, error.Line));
    }

    [Theory, MemberData(nameof(BadLineCases))]
    public async Task SkippedLinesAreCountedAndTheRestIsRead(string name, string line, string[] expected)
    {
        DocumentReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(Good + line + "\n" + Good)), name, new DocumentReadOptions { SkipBadLines = true });
        List<Document> documents = await reader.ReadAllAsync();
        Assert.Equal(["0", "2"], documents.Select(document => document.Id));
        Assert.Equal(1, reader.BadLines.Count);
        Assert.Contains(expected[0], Assert.Single(reader.BadLines.FirstReasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSharedLimitOfReasonsDoesNotLimitTheCount()
    {
        DocumentReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\n", 50)))), "many", new DocumentReadOptions { SkipBadLines = true });
        Assert.Empty(await reader.ReadAllAsync());
        Assert.Equal((50L, BadLines.KeptReasons), (reader.BadLines.Count, reader.BadLines.FirstReasons.Count));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, 1)]
    [InlineData(new byte[] { (byte)'a', 0xC3 }, 2)]
    [InlineData(new byte[] { (byte)'a', 0xC3, 0xA9, 0xED, 0xA0, 0x80 }, 4)]
    [InlineData(new byte[] { 0xC0, 0x80 }, 1)]
    public async Task InvalidUtf8IsRefusedWithItsPosition(byte[] text, int position)
    {
        byte[] start = "{\"text\":\""u8.ToArray();
        byte[] content = [.. "{\"text\":\"\"}\n"u8, .. start, .. text, .. "\"}"u8];
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => Data.ReadDocumentsAsync(content));
        Assert.Contains($"test.jsonl:2: invalid UTF-8 at byte {start.Length + position} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvalidUtf8IsRefusedInPlainTextToo()
    {
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(
            () => Data.ReadDocumentsAsync([(byte)'a', (byte)'\n', 0x80], new DocumentReadOptions { Format = TextFormat.PlainText }));
        Assert.Equal(2, error.Line);
    }

    [Theory]
    [InlineData("{\"_id\":\"x\",\"text\":\"1\"}\n{\"_id\":\"x\",\"text\":\"2\"}", "x")]
    [InlineData("{\"_id\":\"1\",\"text\":\"1\"}\n{\"text\":\"2\"}", "1")]
    [InlineData("{\"_id\":7,\"text\":\"1\"}\n{\"_id\":\"7\",\"text\":\"2\"}", "7")]
    public async Task AnIdMayNotStandTwice(string content, string id)
    {
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => Data.ReadDocumentsAsync(content));
        Assert.Contains($"repeats the id \"{id}\"", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
        Assert.Equal(2, (await Data.ReadDocumentsAsync(content, new DocumentReadOptions { RefuseDuplicateIds = false })).Count);
    }

    [Fact]
    public async Task TheLineLimitCountsTheBytesOfTheLineAlone()
    {
        DocumentReadOptions options = new() { Format = TextFormat.PlainText, MaxLineBytes = 5 };
        Assert.Equal(3, (await Data.ReadDocumentsAsync("12345\r\n12345\n12345", options)).Count);
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => Data.ReadDocumentsAsync("12345\n123456\n", options));
        Assert.StartsWith("test.jsonl:2: the line is longer than the limit of 5 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    public async Task AnOverlongLineIsPassedOverWithoutBeingKept(int length)
    {
        DocumentReadOptions options = new() { SkipBadLines = true, MaxLineBytes = 66_000 };
        foreach (string end in (string[])["\n{\"text\":\"last\"}", ""])
        {
            DocumentReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(Good + new string('x', length) + end)), "long", options);
            List<Document> documents = await reader.ReadAllAsync();
            Assert.Equal(end.Length > 0 ? ["0", "2"] : ["0"], documents.Select(document => document.Id));
            Assert.Equal(1, reader.BadLines.Count);
        }
    }

    [Fact]
    public async Task AFileOverTheSizeLimitIsRefusedAfterDecompression()
    {
        string path = _folder.Write("bomb.txt.gz", new string('a', 200_000) + "\n");
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => new DocumentReader(path, new DocumentReadOptions { MaxBytes = 100_000 }).ReadAllAsync());
        Assert.Contains("MaxBytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".zst")]
    public async Task CompressedFilesThatAreCutOffAreRefused(string extension)
    {
        Random random = new(1);
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(_ => $"{{\"text\":\"{random.NextInt64()}\"}}\n"));
        string path = _folder.Write("cut.jsonl" + extension, text);
        byte[] whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        foreach (int kept in (int[])[whole.Length / 2, whole.Length - 3])
        {
            await File.WriteAllBytesAsync(path, whole[..kept], TestContext.Current.CancellationToken);
            DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => new DocumentReader(path).ReadAllAsync());
            Assert.Contains("damaged or cut off", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AFileThatIsNotCompressedAsItsNameSaysIsRefused()
    {
        foreach (string name in (string[])["a.jsonl.gz", "a.jsonl.zst", "a.parquet"])
        {
            string path = _folder.File(name);
            await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat(Good, 10)), TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<DataFormatException>(() => new DocumentReader(path).ReadAllAsync());
        }
    }

    [Fact]
    public async Task MissingFilesAndFoldersAreTold()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => new DocumentReader(_folder.File("none.jsonl")).ReadAllAsync());
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => new DocumentReader(_folder.Path).ReadAllAsync());
        Assert.Contains("is a folder", error.Message, StringComparison.Ordinal);
    }
}
