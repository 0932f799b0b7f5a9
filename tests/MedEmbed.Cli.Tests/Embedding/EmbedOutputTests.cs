using System.Text.Json;
using MedEmbed.Cli.Tests.Running;
using MedEmbed.Encoding;
using MedEmbed.Vectors;
using Parquet;
using Parquet.Schema;

namespace MedEmbed.Cli.Tests.Embedding;

public sealed class EmbedOutputTests(TinyModelFixture tiny) : IClassFixture<TinyModelFixture>, IDisposable
{
    private static readonly string[] Texts = ["asthma", "heart failure", "", "pain in the lower back after lifting", "Zika"];

    private readonly TemporaryFolder _folder = new();

    private string TextFile
    {
        get
        {
            string path = _folder.File("texts.txt");
            File.WriteAllLines(path, Texts);
            return path;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task VectorsEqualTheEncodersInInputOrderWithLineNumbersAsIds()
    {
        JsonElement[] rows = (await EmbedAsync(TextFile)).JsonLines;
        Encoded expected = await EncodeAsync(EncodeOptions.Document, Texts);
        Assert.Equal(["0", "1", "2", "3", "4"], rows.Select(row => row.GetProperty("_id").GetString()));
        for (int i = 0; i < Texts.Length; i++)
            AssertClose(expected.Vectors[i], VectorOf(rows[i]));
    }

    [Fact]
    public async Task TheThreeFormatsHoldTheSameNumbers()
    {
        float[][] rows = [.. (await EmbedAsync(TextFile)).JsonLines.Select(VectorOf)];
        await EmbedAsync(TextFile, "--output", _folder.File("v.npy"));
        await EmbedAsync(TextFile, "--output", _folder.File("v.parquet"));
        byte[] npy = File.ReadAllBytes(_folder.File("v.npy"));
        float[] numbers = new float[rows.Length * rows[0].Length];
        Buffer.BlockCopy(npy, npy.Length - (numbers.Length * sizeof(float)), numbers, 0, numbers.Length * sizeof(float));
        Assert.Equal(rows.SelectMany(row => row), numbers);
        Assert.Contains("(5, 16)", System.Text.Encoding.ASCII.GetString(npy, 0, 128), StringComparison.Ordinal);
        await using ParquetReader parquet = await ParquetReader.CreateAsync(_folder.File("v.parquet"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["_id", "embedding"], parquet.Schema.Fields.Select(field => field.Name));
        Assert.IsType<ListField>(parquet.Schema.Fields[1]);
    }

    [Theory, InlineData("--role query", "query"), InlineData("--prompt topic", "topic"), InlineData("--no-prompt", null), InlineData("--role document", "document"), InlineData("", "document")]
    public async Task OptionsPickThePrompt(string options, string? prompt)
    {
        JsonElement[] rows = (await EmbedAsync(TextFile, options.Split(' ', StringSplitOptions.RemoveEmptyEntries))).JsonLines;
        Encoded expected = await EncodeAsync(new EncodeOptions { Prompt = prompt is null ? Prompt.None : Prompt.Named(prompt) }, Texts);
        for (int i = 0; i < Texts.Length; i++)
            AssertClose(expected.Vectors[i], VectorOf(rows[i]));
    }

    [Fact]
    public async Task FewerDimensionsHaveUnitLengthAgain()
    {
        float[][] whole = [.. (await EmbedAsync(TextFile)).JsonLines.Select(VectorOf)];
        float[][] cut = [.. (await EmbedAsync(TextFile, "--dimensions", "5")).JsonLines.Select(VectorOf)];
        for (int i = 0; i < whole.Length; i++)
        {
            float length = MathF.Sqrt(whole[i].Take(5).Sum(x => x * x));
            AssertClose([.. whole[i].Take(5).Select(x => x / length)], cut[i]);
        }
    }

    [Fact]
    public async Task SmallFormsAreQuantisedFromTheSameVectors()
    {
        float[][] whole = [.. (await EmbedAsync(TextFile)).JsonLines.Select(VectorOf)];
        float[][] codes = [.. (await EmbedAsync(TextFile, "--vectors", "int8")).JsonLines.Select(VectorOf)];
        float[][] bits = [.. (await EmbedAsync(TextFile, "--vectors", "binary")).JsonLines.Select(VectorOf)];
        for (int i = 0; i < whole.Length; i++)
        {
            Assert.All(codes[i], code => Assert.Equal(code, MathF.Round(code)));
            Assert.True(VectorMath.Cosine(whole[i], codes[i]) > 0.999);
            byte[] packed = [.. whole[i].Chunk(8).Select(eight => (byte)eight.Select((x, bit) => x > 0 ? 128 >> bit : 0).Sum())];
            Assert.Equal(packed.Select(b => (float)b), bits[i]);
        }
    }

    [Fact]
    public async Task ASummaryIsOneObject()
    {
        CommandResult result = await EmbedAsync(TextFile, "--output", _folder.File("v.npy"), "--json", "--role", "query");
        JsonElement summary = result.Json;
        Assert.Equal(5, summary.GetProperty("vectors").GetInt32());
        Assert.Equal(16, summary.GetProperty("dimensions").GetInt32());
        Assert.Equal("query", summary.GetProperty("prompt").GetString());
        Assert.Equal(0, summary.GetProperty("bad_lines").GetInt32());
    }

    [Fact]
    public async Task QuietMeansQuiet()
    {
        CommandResult loud = await EmbedAsync(TextFile, "--output", _folder.File("a.npy"));
        CommandResult quiet = await EmbedAsync(TextFile, "--output", _folder.File("b.npy"), "--quiet");
        Assert.Contains("5 vectors of 16", loud.Error, StringComparison.Ordinal);
        Assert.Empty(quiet.Error);
        Assert.Equal(File.ReadAllBytes(_folder.File("a.npy")), File.ReadAllBytes(_folder.File("b.npy")));
    }

    [Fact]
    public async Task AFinishedOutputNeedsOverwrite()
    {
        string output = _folder.File("v.jsonl");
        await EmbedAsync(TextFile, "--output", output);
        byte[] before = File.ReadAllBytes(output);
        CommandResult refused = await tiny.Medembed.RunAsync("embed", TextFile, "--model", tiny.Model, "--output", output, "--no-prompt");
        Assert.Contains("--overwrite", refused.ExpectUsageError(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(output));
        await EmbedAsync(TextFile, "--output", output, "--role", "query", "--overwrite");
        Assert.NotEqual(before, File.ReadAllBytes(output));
        Assert.Equal(["texts.txt", "v.jsonl"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Theory, InlineData(3), InlineData(7)]
    public async Task ShardsTogetherAreTheWhole(int shards)
    {
        string[] whole = (await EmbedAsync(TextFile)).Lines;
        var parts = new Dictionary<string, float[]>();
        for (int i = 0; i < shards; i++)
        {
            foreach (JsonElement row in (await EmbedAsync(TextFile, "--shard", $"{i}/{shards}")).JsonLines)
            {
                Assert.Equal(i, int.Parse(row.GetProperty("_id").GetString()!, System.Globalization.CultureInfo.InvariantCulture) % shards);
                parts.Add(row.GetProperty("_id").GetString()!, VectorOf(row));
            }
        }

        Assert.Equal(whole.Length, parts.Count);
        foreach (JsonElement row in whole.Select(line => JsonSerializer.Deserialize<JsonElement>(line)))
            AssertClose(VectorOf(row), parts[row.GetProperty("_id").GetString()!]);
    }

    [Fact]
    public async Task AJobsShardComesFromItsEnvironment()
    {
        string[] arguments = ["embed", TextFile, "--model", tiny.Model];
        string expected = (await EmbedAsync(TextFile, "--shard", "1/3")).Output;
        CommandResult kubernetes = await tiny.Medembed.With("JOB_COMPLETION_INDEX", "1").RunAsync([.. arguments, "--shard", "/3"]);
        CommandResult slurm = await tiny.Medembed.With("SLURM_ARRAY_TASK_ID", "11").With("SLURM_ARRAY_TASK_MIN", "10").With("SLURM_ARRAY_TASK_COUNT", "3")
            .RunAsync([.. arguments, "--shard", "slurm"]);
        Assert.Equal(expected, kubernetes.Expect(0).Output);
        Assert.Equal(expected, slurm.Expect(0).Output);
    }

    private async Task<CommandResult> EmbedAsync(string file, params string[] options) =>
        (await tiny.Medembed.RunAsync(["embed", file, "--model", tiny.Model, .. options])).Expect(0);

    private async Task<Encoded> EncodeAsync(EncodeOptions options, string[] texts)
    {
        using TextEncoder encoder = TextEncoder.Open(tiny.Model, new TextEncoderOptions { GraphCacheFolder = _folder.File("graphs") });
        return await encoder.EncodeAsync(texts, options, TestContext.Current.CancellationToken);
    }

    private static float[] VectorOf(JsonElement row) => [.. row.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle())];

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }
}
