using System.Text.Json;
using MedEmbed.Cli.Tests.Running;
using MedEmbed.Encoding;
using MedEmbed.Tokenization;
using Microsoft.ML.OnnxRuntime;

namespace MedEmbed.Cli.Tests.Models;

public sealed class ExportTests(TinyModelFixture tiny) : IClassFixture<TinyModelFixture>, IDisposable
{
    private const string Text = "acute pain in the left knee";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public async Task TheWrittenGraphRunsInOnnxRuntimeAndEqualsTheEncoder(bool portable)
    {
        string[] option = portable ? ["--portable"] : [];
        JsonElement summary = (await tiny.Medembed.RunAsync(["export", "--model", tiny.Model, "--output", _folder.File("onnx"), "--json", .. option])).Expect(0).Json;
        float[] exported = Run(summary.GetProperty("graph").GetString()!, WordPieceTokenizer.Load(tiny.Model).Encode(Text));
        using TextEncoder encoder = TextEncoder.Open(tiny.Model, new TextEncoderOptions { GraphCacheFolder = _folder.File("graphs") });
        Encoded expected = await encoder.EncodeAsync([Text], new EncodeOptions { Prompt = Prompt.None }, TestContext.Current.CancellationToken);
        for (int i = 0; i < encoder.Dimensions; i++)
            Assert.Equal(expected.Vectors[0][i], exported[i], 1e-5f);
    }

    [Fact]
    public async Task AFinishedExportNeedsOverwrite()
    {
        string[] export = ["export", "--model", tiny.Model, "--output", _folder.File("onnx")];
        (await tiny.Medembed.RunAsync(export)).Expect(0);
        Assert.Contains("--overwrite", (await tiny.Medembed.RunAsync(export)).ExpectUsageError(), StringComparison.Ordinal);
        (await tiny.Medembed.RunAsync([.. export, "--overwrite"])).Expect(0);
    }

    [Fact]
    public async Task AModelsOwnFolderIsNeverReplacedByItsExport()
    {
        string model = TinyModel.Write(_folder.File("model"));
        (await tiny.Medembed.RunAsync("export", "--model", model, "--output", model, "--overwrite")).ExpectUsageError();
        Assert.True(File.Exists(Path.Combine(model, "model.safetensors")));
    }

    private static float[] Run(string graph, int[] ids)
    {
        using var session = new InferenceSession(graph);
        long[] shape = [1, ids.Length];
        var inputs = new Dictionary<string, OrtValue>();
        foreach ((string name, NodeMetadata input) in session.InputMetadata)
        {
            int[] values = name switch
            {
                "input_ids" => ids,
                "token_type_ids" => new int[ids.Length],
                _ => [.. Enumerable.Repeat(1, ids.Length)],
            };
            inputs[name] = input.ElementType == typeof(long)
                ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (long)value), shape)
                : OrtValue.CreateTensorValueFromMemory(values, shape);
        }

        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, inputs, ["sentence_embedding"]);
        foreach (OrtValue input in inputs.Values)
            input.Dispose();
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
