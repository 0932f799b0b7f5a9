using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Encoding;
using MedEmbed.Evaluation.Systems;

namespace MedEmbed.Cli.Options;

/// <summary>Options that choose the system under test.</summary>
internal sealed class SystemOptions
{
    private Option<string> System { get; } = new Option<string>("--system")
    {
        Description = "dense: the model's vectors, exact search; bm25: words alone, no model; hybrid: both, joined by reciprocal rank fusion.",
        DefaultValueFactory = _ => "dense",
    }.AcceptOnlyFromAmong("dense", "bm25", "hybrid");

    private Option<string?> FirstStage { get; } = new Option<string?>("--first-stage")
    {
        Description = "Let this system find candidates, which the model scores again.",
    }.AcceptOnlyFromAmong("bm25");

    private Option<int> RescoreDepth { get; } = new("--rescore-depth") { Description = "Candidates a query of the first stage.", DefaultValueFactory = _ => 100 };

    private Option<string?> Prompt { get; } = new("--prompt") { Description = "One of the model's prompts by name, before queries." };

    private Option<bool> NoPrompt { get; } = new("--no-prompt") { Description = "No prompt, whatever the model has." };

    private ModelOptions Model { get; } = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[System, FirstStage, RescoreDepth, Prompt, NoPrompt])
            command.Options.Add(option);
        Model.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(NoPrompt) && result.GetValue(Prompt) is not null)
                result.AddError("--prompt and --no-prompt exclude each other; give one.");
        });
    }

    /// <summary>Builds the system; the encoder, null for BM25, is the caller's to dispose.</summary>
    public async Task<(IRetrievalSystem System, TextEncoder? Encoder)> OpenAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string system = invocation.Get(System)!;
        if (invocation.Get(FirstStage) is not null && system != "dense")
            throw new UsageException("--first-stage goes with --system dense: its candidates are scored again by the model.");
        if (invocation.Get(RescoreDepth) < 1)
            throw new UsageException($"--rescore-depth must be at least 1, not {invocation.Get(RescoreDepth)}.");
        if (system == "bm25")
            return (new Bm25System(), null);
        TextEncoder encoder = await Model.OpenAsync(invocation, cancellationToken).ConfigureAwait(false);
        DenseModel model = await Task.Run(() => DenseModel.Of(encoder, Model.PrecisionOf(invocation)), cancellationToken).ConfigureAwait(false);
        var dense = new DenseSystem(model, PromptsOf(invocation), Path.Combine(CacheFolder.For(invocation.Environment.Variable), "evaluations"));
        if (invocation.Get(FirstStage) is not null)
            return (new RescoringSystem(new Bm25System(), dense, invocation.Get(RescoreDepth)), encoder);
        return (system == "hybrid" ? new HybridSystem(dense, new Bm25System()) : dense, encoder);
    }

    private PromptSetting PromptsOf(CommandInvocation invocation)
    {
        if (invocation.Get(NoPrompt))
            return PromptSetting.None;
        return invocation.Get(Prompt) is { } name ? PromptSetting.Named(name) : PromptSetting.Own;
    }
}
