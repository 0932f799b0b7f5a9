using System.IO.Compression;
using System.Text.Json;
using MedEmbed.Cli.Tests.Running;
using ZstdSharp;

namespace MedEmbed.Cli.Tests.Embedding;

public sealed class EmbedInputTests(TinyModelFixture tiny) : IClassFixture<TinyModelFixture>, IDisposable
{
    private const string Lines = """
        {"_id": "a", "title": "Asthma", "text": "a disease of the airways"}
        {"text": "gout"}
        {"_id": 17, "title": "", "text": "  hives "}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StandardInputStreamsToStandardOutput()
    {
        CommandResult result = (await tiny.Medembed.WithInput(Lines).RunAsync("embed", "--model", tiny.Model)).Expect(0);
        Assert.Equal(["a", "1", "17"], result.JsonLines.Select(row => row.GetProperty("_id").GetString()));
    }

    [Fact]
    public async Task TitleAndTextAreJoinedByASpace()
    {
        CommandResult joined = (await tiny.Medembed.WithInput(Lines).RunAsync("embed", "--model", tiny.Model)).Expect(0);
        CommandResult plain = (await tiny.Medembed.WithInput("Asthma a disease of the airways\ngout\nhives\n").RunAsync("embed", "--model", tiny.Model)).Expect(0);
        Assert.Equal(plain.JsonLines.Select(Embedding), joined.JsonLines.Select(Embedding));
    }

    [Theory, InlineData(".gz"), InlineData(".zst")]
    public async Task CompressedInputIsReadByExtension(string extension)
    {
        string plain = _folder.File("texts.jsonl");
        File.WriteAllText(plain, Lines);
        await using (FileStream file = File.Create(plain + extension))
        await using (Stream compressor = extension == ".gz" ? new GZipStream(file, CompressionMode.Compress) : new CompressionStream(file))
            await compressor.WriteAsync(File.ReadAllBytes(plain), TestContext.Current.CancellationToken);
        CommandResult expected = (await tiny.Medembed.RunAsync("embed", plain, "--model", tiny.Model)).Expect(0);
        CommandResult actual = (await tiny.Medembed.RunAsync("embed", plain + extension, "--model", tiny.Model)).Expect(0);
        Assert.Equal(expected.Output, actual.Output);
    }

    public static TheoryData<byte[], string> BadLines() => new()
    {
        { "{\"text\": \"fine\", }"u8.ToArray(), "JSON" },
        { "{\"title\": \"no text\"}"u8.ToArray(), "\"text\"" },
        { "{\"text\": 5}"u8.ToArray(), "\"text\"" },
        { "{\"text\": null}"u8.ToArray(), "\"text\"" },
        { [.. "{\"text\": \"caf"u8, 0xE9, .. "\"}"u8], "UTF-8" },
        { "{\"text\": \"lone \\ud800 surrogate\"}"u8.ToArray(), "\"text\"" },
        { "{\"_id\": \"first\", \"text\": \"twice\"}"u8.ToArray(), "\"_id\"" },
        { "[1, 2]"u8.ToArray(), "object" },
    };

    [Theory, MemberData(nameof(BadLines))]
    public async Task AFaultyLineIsToldByFileLineAndFieldAndNothingIsLeft(byte[] line, string told)
    {
        string input = Write(line);
        string output = _folder.File("v.jsonl");
        string error = (await tiny.Medembed.RunAsync("embed", input, "--model", tiny.Model, "--output", output)).ExpectUsageError();
        Assert.Contains($"{input}:2: ", error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Equal([input], Directory.GetFiles(_folder.Path));
    }

    [Theory, MemberData(nameof(BadLines))]
    public async Task FaultyLinesAreLeftOutAndCountedWhereThatIsAskedFor(byte[] line, string told)
    {
        string input = Write(line);
        CommandResult result = await tiny.Medembed.RunAsync("embed", input, "--model", tiny.Model, "--output", _folder.File("v.jsonl"), "--skip-bad-lines", "--json");
        Assert.Equal(1, result.Expect(0).Json.GetProperty("bad_lines").GetInt32());
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
        Assert.Equal(["first", "2"], File.ReadLines(_folder.File("v.jsonl")).Select(row => JsonSerializer.Deserialize<JsonElement>(row).GetProperty("_id").GetString()));
    }

    [Fact]
    public async Task ATextOfTenMegabytesIsTruncatedAndCounted()
    {
        string input = _folder.File("long.txt");
        File.WriteAllText(input, string.Concat(Enumerable.Repeat("pain ", 2 << 20)) + "\nshort\n");
        CommandResult result = (await tiny.Medembed.RunAsync("embed", input, "--model", tiny.Model, "--output", _folder.File("v.npy"), "--json")).Expect(0);
        Assert.Equal(1, result.Json.GetProperty("truncated").GetInt32());
    }

    [Fact]
    public async Task AnEmptyInputGivesNoLines() =>
        Assert.Empty((await tiny.Medembed.WithInput("").RunAsync("embed", "--model", tiny.Model)).Expect(0).Output);

    private string Write(byte[] faulty)
    {
        string path = _folder.File("texts.jsonl");
        File.WriteAllBytes(path, [.. "{\"_id\": \"first\", \"text\": \"one\"}\n"u8, .. faulty, .. "\n{\"text\": \"three\"}\n"u8]);
        return path;
    }

    private static string Embedding(JsonElement row) => row.GetProperty("embedding").GetRawText();
}
