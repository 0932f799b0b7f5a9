using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Encoding;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Cli.Options;

/// <summary>Options that choose the system under test.</summary>
internal sealed class SystemOptions
{
    private const int DefaultDepth = 100;

    private readonly Option<string> _system = new Option<string>("--system")
    {
        Description = "dense: the model's vectors, exact search; bm25: words alone, no model; hybrid: both, joined by reciprocal rank fusion.",
        DefaultValueFactory = _ => "dense",
    }.AcceptOnlyFromAmong("dense", "bm25", "hybrid");

    private readonly Option<string> _vectors = new Option<string>("--vectors")
    {
        Description = "What queries are compared with: f32 exactly, or an index of int8 or binary vectors, whose candidates are scored again as --rescore says.",
        DefaultValueFactory = _ => "f32",
    }.AcceptOnlyFromAmong("f32", "int8", "binary");

    private readonly Option<string> _rescore = new Option<string>("--rescore")
    {
        Description = "What candidates of int8 and binary vectors are scored again with.",
        DefaultValueFactory = _ => "int8",
    }.AcceptOnlyFromAmong("none", "int8", "f32");

    private readonly Option<string?> _firstStage = new Option<string?>("--first-stage")
    {
        Description = "Let this system find candidates, which the model alone ranks.",
    }.AcceptOnlyFromAmong("bm25");

    private readonly Option<int?> _rescoreDepth = NumberOption.Create("--rescore-depth", $"Candidates a query of the first stage. Default: {DefaultDepth}.");
    private readonly PromptOptions _prompt = new(anyRole: false);
    private readonly ModelOptions _model = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_system, _vectors, _rescore, _firstStage, _rescoreDepth])
            command.Options.Add(option);
        _prompt.AddTo(command);
        _model.AddTo(command);
    }

    /// <summary>Builds the system; the encoder, null for BM25, is the caller's to dispose.</summary>
    public async Task<(IRetrievalSystem System, IDisposable? Encoder)> OpenAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string system = invocation.Get(_system)!;
        bool rescores = invocation.Get(_firstStage) is not null, quantised = invocation.Get(_vectors) != "f32";
        if (rescores && system != "dense")
            throw new UsageException("--first-stage goes with --system dense: its candidates are ranked by the model.");
        if (quantised && (rescores || system != "dense"))
            throw new UsageException("--vectors int8 and binary go with --system dense and without --first-stage.");
        if (system == "bm25")
            return (new Bm25System(), null);
        ChosenEncoder chosen = await _model.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        DenseModel model = await Task.Run(() => DenseModel.Of(chosen.Encoder, chosen.Precision), cancellationToken).ConfigureAwait(false);
        if (_model.ExportedGraph(invocation))
            model = model with { Precision = $"{model.Precision}-exported-graph" };
        var dense = new DenseSystem(model, PromptsOf(invocation), Path.Combine(CacheFolder.For(invocation.Environment.Variable), "evaluations"));
        if (rescores)
            return (new RescoringSystem(new Bm25System(), dense, invocation.Get(_rescoreDepth) ?? DefaultDepth), chosen);
        if (quantised)
            return (new QuantizedSystem(dense, VectorsOf(invocation), RescoreOf(invocation)), chosen);
        return (system == "hybrid" ? new HybridSystem(dense, new Bm25System()) : dense, chosen);
    }

    private StoredVectors VectorsOf(CommandInvocation invocation) => invocation.Get(_vectors) == "binary" ? StoredVectors.Binary : StoredVectors.Int8;

    private RescoreVectors RescoreOf(CommandInvocation invocation) => invocation.Get(_rescore) switch
    {
        "none" => RescoreVectors.None,
        "f32" => RescoreVectors.F32,
        _ => RescoreVectors.Int8,
    };

    private PromptSetting PromptsOf(CommandInvocation invocation)
    {
        Prompt prompt = _prompt.Of(invocation, Prompt.Query);
        return prompt.Kind == PromptKind.None ? PromptSetting.None : new PromptSetting(prompt, Prompt.Document);
    }
}
