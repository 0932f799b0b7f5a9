using MedEmbed.Encoding;
using MedEmbed.Graph;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Tests.Models;

namespace MedEmbed.Tests.Graph;

public sealed class GraphCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelFolder _model;

    public GraphCacheTests()
    {
        string folder = Directory.CreateDirectory(_folder.File("model")).FullName;
        new RandomModel().Write(folder);
        _model = ModelFolder.Open(folder);
    }

    private string Root => _folder.File("graphs");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ManyThatBuildAtOnceAllGetOneGraph()
    {
        using var start = new Barrier(8);
        string[] graphs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return new GraphCache(Root).GetOrBuild(_model, Precision.F32);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Single(graphs.Distinct());
        Assert.Single(Directory.GetFileSystemEntries(Root));
        Assert.True(File.Exists(graphs[0]));
    }

    [Fact]
    public void ABuiltGraphIsTakenAgainEvenFromACacheThatCannotBeWritten()
    {
        string graph = new GraphCache(Root).GetOrBuild(_model, Precision.F32);
        DateTime written = File.GetLastWriteTimeUtc(graph);
        File.Delete(_model.WeightsFile);
        Assert.Equal(graph, new GraphCache(Root).GetOrBuild(_model, Precision.F32));
        Assert.Equal(written, File.GetLastWriteTimeUtc(graph));
    }

    [Fact]
    public void EachModelAndPrecisionHasAGraphOfItsOwn()
    {
        var cache = new GraphCache(Root);
        string other = Directory.CreateDirectory(_folder.File("other")).FullName;
        new RandomModel { Seed = 2 }.Write(other);
        string[] graphs = [cache.GetOrBuild(_model, Precision.F32), cache.GetOrBuild(_model, Precision.Int8), cache.GetOrBuild(ModelFolder.Open(other), Precision.F32)];
        Assert.Equal(3, graphs.Distinct().Count());
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model.onnx_data")]
    public void AHalfWrittenFolderIsReplaced(string missing)
    {
        string graph = new GraphCache(Root).GetOrBuild(_model, Precision.F32);
        File.Delete(Path.Combine(Path.GetDirectoryName(graph)!, missing));
        Assert.Equal(graph, new GraphCache(Root).GetOrBuild(_model, Precision.F32));
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(graph)!).Length);
        Assert.Single(Directory.GetFileSystemEntries(Root));
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model.onnx_data")]
    public void AGraphThatWasTruncatedIsBuiltAgain(string file)
    {
        string graph = new GraphCache(Root).GetOrBuild(_model, Precision.F32);
        string damaged = Path.Combine(Path.GetDirectoryName(graph)!, file);
        byte[] whole = File.ReadAllBytes(damaged);
        File.WriteAllBytes(damaged, whole[..(whole.Length / 2)]);
        using (TextEncoder.Open(_model, new TextEncoderOptions { GraphCacheFolder = Root }))
            Assert.Equal(whole.Length, new FileInfo(damaged).Length);
    }

    [Fact]
    public void ACacheThatCannotBeWrittenIsAnErrorThatNamesTheVariable()
    {
        // A file where the folder should be stops every user, root too.
        File.WriteAllText(Root, "");
        var error = Assert.Throws<IOException>(() => new GraphCache(Root).GetOrBuild(_model, Precision.F32));
        Assert.Contains(Root, error.Message, StringComparison.Ordinal);
        Assert.Contains("MEDEMBED_CACHE", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("encoder.layer.1.output.dense.bias", null, "has no tensor \"encoder.layer.1.output.dense.bias\"")]
    [InlineData("encoder.layer.0.attention.self.query.weight", 13L, "shape [13]")]
    [InlineData("embeddings.word_embeddings.weight", null, "it holds no BERT")]
    public void WeightsThatDoNotFitTheConfigurationLeaveNothingInTheCache(string tensor, long? size, string expected)
    {
        TensorData[] tensors;
        using (var file = _model.OpenWeights())
        {
            tensors = [.. file.Tensors.Values.Where(info => info.Name != tensor).Select(info => new TensorData(info.Name, TensorType.F32, info.Shape, file.Read(info.Name)))];
        }

        if (size is { } length)
            tensors = [.. tensors, new TensorData(tensor, TensorType.F32, [length], new float[length])];
        SafetensorsWriter.Write(_model.WeightsFile, tensors);
        var error = Assert.Throws<ModelFormatException>(() => new GraphCache(Root).GetOrBuild(_model, Precision.F32));
        Assert.Equal(_model.WeightsFile, error.File);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Root));
    }

    [Fact]
    public void WeightsInWholeNumbersAreRefused()
    {
        byte[] bytes = File.ReadAllBytes(_model.WeightsFile);
        string header = System.Text.Encoding.Latin1.GetString(bytes).Replace("\"F32\"", "\"I32\"", StringComparison.Ordinal);
        File.WriteAllBytes(_model.WeightsFile, System.Text.Encoding.Latin1.GetBytes(header));
        var error = Assert.Throws<ModelFormatException>(() => new GraphCache(Root).GetOrBuild(_model, Precision.F32));
        Assert.Contains("as I32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATokenizerWithMoreTokensThanTheWeightsIsRefused()
    {
        File.AppendAllText(Path.Combine(_model.Path, "vocab.txt"), "one-more\n");
        var error = Assert.Throws<ModelFormatException>(() => TextEncoder.Open(_model, new TextEncoderOptions { GraphCacheFolder = Root }));
        Assert.Contains("\"vocab_size\"", error.Message, StringComparison.Ordinal);
    }
}
