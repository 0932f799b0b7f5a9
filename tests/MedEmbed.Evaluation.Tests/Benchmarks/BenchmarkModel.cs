using MedEmbed.Encoding;
using MedEmbed.Evaluation.Results;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Graph;

namespace MedEmbed.Evaluation.Tests.Benchmarks;

/// <summary>A bundled model with a cache of its own, so that cases which differ in the query prompt share document vectors.</summary>
public abstract class BenchmarkModel : IDisposable
{
    private readonly TemporaryFolder _cache = new();
    private readonly Lazy<TextEncoder> _encoder;

    protected BenchmarkModel(string folder) => _encoder = new Lazy<TextEncoder>(
        () => TextEncoder.Open(RepositoryFiles.PathOf(folder), new TextEncoderOptions { GraphCacheFolder = _cache.File("graphs") }));

    /// <summary>Where results are kept while the tests of a class run.</summary>
    public ResultFolder Results => new(_cache.File("results"));

    public DenseSystem With(PromptSetting prompts) => new(DenseModel.Of(_encoder.Value, Precision.F32), prompts, _cache.File("evaluations"));

    public void Dispose()
    {
        if (_encoder.IsValueCreated)
            _encoder.Value.Dispose();
        _cache.Dispose();
        GC.SuppressFinalize(this);
    }
}
