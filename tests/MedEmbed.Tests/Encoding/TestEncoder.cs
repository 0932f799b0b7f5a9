using MedEmbed.Encoding;
using MedEmbed.Tests.Models;

namespace MedEmbed.Tests.Encoding;

/// <summary>Encoders over a random model in a folder of their own.</summary>
internal sealed class TestEncoder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RandomModel _model;

    public TestEncoder(RandomModel? model = null)
    {
        _model = model ?? new RandomModel();
        Directory.CreateDirectory(_folder.File("model"));
        _model.Write(_folder.File("model"));
    }

    public string ModelFolder => _folder.File("model");

    public TextEncoder Open(TextEncoderOptions? options = null) =>
        TextEncoder.Open(ModelFolder, (options ?? new TextEncoderOptions()) with { GraphCacheFolder = _folder.File("graphs") });

    /// <summary>An encoder whose graph is <paramref name="graph"/>.</summary>
    public TextEncoder With(FakeGraph graph, TextEncoderOptions? options = null)
    {
        var model = MedEmbed.Models.ModelFolder.Open(ModelFolder);
        return new TextEncoder(model, model.OpenTokenizer(), graph, options ?? new TextEncoderOptions());
    }

    public FakeGraph Graph(Action? onRun = null) => new(_model.Hidden, onRun);

    /// <summary>Texts of skewed lengths: many short ones, few long ones, all different.</summary>
    public static string[] SkewedTexts(int count, int seed = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => $"{i} {string.Concat(Enumerable.Repeat("heart ", (int)(40 * Math.Pow(random.NextDouble(), 3))))}")];
    }

    public void Dispose() => _folder.Dispose();
}
