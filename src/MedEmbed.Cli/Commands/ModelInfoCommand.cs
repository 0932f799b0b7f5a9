using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Models;

namespace MedEmbed.Cli.Commands;

/// <summary>What a model's folder says.</summary>
internal sealed class ModelInfoCommand : CliCommand
{
    private readonly Argument<string> _name = new("MODEL") { Description = "Bundled model, model folder, or hub id.", DefaultValueFactory = _ => ModelChoice.Default };

    public ModelInfoCommand() => Definition = new Command("info", "Show a model's sizes, pooling, prompts and hash.") { _name };

    public override Command Definition { get; }

    public override string[] Examples => ["medembed model info", "medembed model info ./my-model --json"];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string folder = (await new ModelChoice().LocateAsync(invocation, cancellationToken, invocation.Get(_name)!).ConfigureAwait(false)).Folder;
        ModelFolder model = ModelFolder.Open(folder);
        BertConfig config = model.Config;
        string hash = await Task.Run(() => model.ContentHash, cancellationToken).ConfigureAwait(false);
        string[] modules = [.. model.Modules.Select(Describe)];
        var prompts = model.Prompts.ByName.Select(prompt => string.Create(CultureInfo.InvariantCulture, $"prompt      {prompt.Key}{(prompt.Key == model.Prompts.DefaultName ? " (default)" : "")}: \"{prompt.Value}\""));
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        invocation.Summarize(
            new
            {
                model.Name,
                Folder = model.Path,
                Hash = hash,
                model.Dimensions,
                model.MaxLength,
                Similarity = model.Similarity.ToString().ToLowerInvariant(),
                Modules = modules,
                Prompts = model.Prompts.ByName,
                DefaultPrompt = model.Prompts.DefaultName,
                config.Layers,
                config.HiddenSize,
                config.Heads,
                config.IntermediateSize,
                config.VocabularySize,
            },
            [
                Text($"model       {model.Name}"),
                Text($"folder      {model.Path}"),
                Text($"hash        {hash}"),
                Text($"transformer BERT, {config.Layers} layers of {config.HiddenSize}, {config.Heads} heads, feed-forward {config.IntermediateSize}, {config.VocabularySize:N0} tokens"),
                Text($"then        {string.Join(", ", modules)}"),
                Text($"vectors     {model.Dimensions} dimensions, compared by {model.Similarity.ToString().ToLowerInvariant()}"),
                Text($"max length  {model.MaxLength} tokens"),
                .. prompts,
            ]);
        return ExitCode.Done;
    }

    private static string Describe(ModelModule module) => module switch
    {
        PoolingModule pooling => $"pooling {string.Join("+", pooling.Modes).ToLowerInvariant()}{(pooling.IncludePrompt ? "" : " without the prompt")}",
        DenseModule dense => string.Create(CultureInfo.InvariantCulture, $"dense {dense.InputSize} to {dense.OutputSize}, {dense.Activation.ToString().ToLowerInvariant()}"),
        _ => "normalize",
    };
}
