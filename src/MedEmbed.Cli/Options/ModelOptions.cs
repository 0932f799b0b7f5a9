using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Encoding;
using MedEmbed.Graph;
using MedEmbed.Hub;
using MedEmbed.Models;
using MedEmbed.Retrieval;

namespace MedEmbed.Cli.Options;

/// <summary>Options that choose a model and how it computes.</summary>
internal sealed class ModelOptions
{
    private readonly ModelChoice _choice = new();

    private readonly Option<string?> _precision = new Option<string?>("--precision")
    {
        Description = "What the model computes in. Default: f32, or what the index was built with.",
    }.AcceptOnlyFromAmong("f32", "int8");

    private readonly Option<int?> _threads = NumberOption.Create("--threads", "Threads that compute. Default: one a processor.");
    private readonly Option<int?> _batchTokens = NumberOption.Create("--batch-tokens", $"Tokens a batch may have, padding included. Default: {new TextEncoderOptions().BatchTokens}.");
    private readonly Option<int?> _maxLength = NumberOption.Create("--max-length", "Tokens a text may have, special tokens and prompt included. Default: the model's.");

    private readonly Option<string?> _pooling = new Option<string?>("--pooling")
    {
        Description = "Pooling, for a folder without modules.json.",
    }.AcceptOnlyFromAmong("cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken");

    private readonly Option<bool> _noNormalize = new("--no-normalize") { Description = "Leave vectors as they are, for a folder without modules.json." };
    private readonly Option<bool> _exportedGraph = new("--exported-graph") { Description = "Run the folder's onnx/model.onnx instead of a graph built from the weights." };

    /// <summary>Adds all options, for a command that encodes.</summary>
    public void AddTo(Command command)
    {
        AddGraphOptionsTo(command);
        foreach (Option option in (ReadOnlySpan<Option>)[_threads, _batchTokens, _maxLength, _exportedGraph])
            command.Options.Add(option);
    }

    /// <summary>Adds what makes a graph, for a command that only writes one.</summary>
    public void AddGraphOptionsTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_choice.Option, _precision, _pooling, _noNormalize])
            command.Options.Add(option);
    }

    /// <summary>Whether an exported graph is asked for, whose numbers differ in the last digits.</summary>
    public bool ExportedGraph(CommandInvocation invocation) => invocation.Get(_exportedGraph);

    /// <summary>Opens the encoder of the named model.</summary>
    /// <param name="invocation">Has the options.</param>
    /// <param name="index">The index that it is for, whose model and settings stand in where none are named; null: none.</param>
    /// <param name="cancellationToken">Ends the opening, a download on the way included.</param>
    public async Task<ChosenEncoder> OpenAsync(CommandInvocation invocation, IndexModel? index, CancellationToken cancellationToken) =>
        await OpenAsync(invocation, await _choice.LocateAsync(invocation, cancellationToken, index?.Name).ConfigureAwait(false), index, cancellationToken).ConfigureAwait(false);

    /// <summary>Opens the encoder of another model than <c>--model</c>, in the same settings.</summary>
    public async Task<ChosenEncoder> OpenNamedAsync(CommandInvocation invocation, string name, CancellationToken cancellationToken) =>
        await OpenAsync(invocation, await ModelChoice.LocateAsync(invocation, name, cancellationToken).ConfigureAwait(false), null, cancellationToken).ConfigureAwait(false);

    /// <summary>Whether <c>--model</c> is given.</summary>
    public bool IsNamed(CommandInvocation invocation) => invocation.Get(_choice.Option) is not null;

    /// <summary>The model's name, the default where none is given.</summary>
    public string NameOf(CommandInvocation invocation) => invocation.Get(_choice.Option) ?? ModelChoice.Default;

    private async Task<ChosenEncoder> OpenAsync(CommandInvocation invocation, ModelLocation location, IndexModel? index, CancellationToken cancellationToken)
    {
        Precision precision = PrecisionOf(invocation, index);
        int? maxLength = invocation.Get(_maxLength) ?? index?.MaxLength;
        var options = new TextEncoderOptions
        {
            Precision = precision,
            Threads = invocation.Get(_threads),
            BatchTokens = invocation.Get(_batchTokens) ?? new TextEncoderOptions().BatchTokens,
            PreferExportedGraph = invocation.Get(_exportedGraph),
            GraphCacheFolder = Path.Combine(CacheFolder.For(invocation.Environment.Variable), "graphs"),
            Overrides = Overrides(invocation) with { MaxLength = maxLength },
        };
        TextEncoder encoder = await Task.Run(() => TextEncoder.Open(location.Folder, options), cancellationToken).ConfigureAwait(false);
        string name = location.Source == ModelSource.Folder ? location.Folder : location.Name;
        return new ChosenEncoder(encoder, name, precision, maxLength, options.Threads ?? Environment.ProcessorCount);
    }

    /// <summary>Reads the named model's folder, without opening an encoder.</summary>
    public async Task<ModelFolder> OpenFolderAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        ModelLocation location = await _choice.LocateAsync(invocation, cancellationToken).ConfigureAwait(false);
        return ModelFolder.Open(location.Folder, Overrides(invocation));
    }

    /// <summary>The precision that is asked for, else that of <paramref name="index"/>, else f32.</summary>
    public Precision PrecisionOf(CommandInvocation invocation, IndexModel? index = null) => invocation.Get(_precision) switch
    {
        "int8" => Precision.Int8,
        null when index is not null => ChosenEncoder.PrecisionOf(index),
        _ => Precision.F32,
    };

    private ModelOverrides Overrides(CommandInvocation invocation) => new()
    {
        Pooling = invocation.Get(_pooling) is { } pooling ? PoolingModule.ModeOf(pooling) : null,
        Normalize = !invocation.Get(_noNormalize),
    };
}
