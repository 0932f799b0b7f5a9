using System.Numerics.Tensors;
using System.Text.Json;
using MedEmbed.Encoding;
using MedEmbed.Graph;

namespace MedEmbed.Tests.Graph;

public sealed class Int8Tests
{
    [Fact]
    public async Task TheBundledModelInInt8StaysWithinACosineOf99HundredthsOfF32()
    {
        using var cache = new TemporaryFolder();
        string model = RepositoryFiles.PathOf("models/bge-small-en-v1.5");
        string[] texts = [.. File.ReadLines(RepositoryFiles.PathOf("samples/medquad/corpus.jsonl")).Take(200).Where((_, i) => i % 10 == 0).Select(Text)];
        var options = new TextEncoderOptions { GraphCacheFolder = cache.Path, Overrides = new() { MaxLength = 64 } };
        using TextEncoder f32 = TextEncoder.Open(model, options), int8 = TextEncoder.Open(model, options with { Precision = Precision.Int8 });
        EmbeddingMatrix expected = await Encode(f32, texts), actual = await Encode(int8, texts);
        for (int i = 0; i < texts.Length; i++)
        {
            float cosine = TensorPrimitives.CosineSimilarity<float>(expected[i], actual[i]);
            Assert.True(cosine is >= 0.99f and < 1, $"Text {i} has a cosine of {cosine} to f32.");
        }

        long[] sizes = [.. Directory.GetFiles(cache.Path, "*.onnx_data", SearchOption.AllDirectories).Select(file => new FileInfo(file).Length).Order()];
        Assert.Equal(2, sizes.Length);
        Assert.True(sizes[0] < 0.7 * sizes[1], $"Graphs have {sizes[0]} and {sizes[1]} bytes.");
    }

    private static string Text(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("text").GetString()!;
    }

    private static async Task<EmbeddingMatrix> Encode(TextEncoder encoder, string[] texts) =>
        (await encoder.EncodeAsync(texts, EncodeOptions.Document, TestContext.Current.CancellationToken)).Vectors;
}
