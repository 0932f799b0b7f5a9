using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Encoding;
using MedEmbed.Graph;
using MedEmbed.Hub;
using MedEmbed.Models;

namespace MedEmbed.Cli.Options;

/// <summary>Options that choose a model and how it computes.</summary>
internal sealed class ModelOptions
{
    /// <summary>Which model.</summary>
    public ModelChoice Choice { get; } = new();

    private Option<string> Precision { get; } = new Option<string>("--precision")
    {
        Description = "What the model computes in.",
        DefaultValueFactory = _ => "f32",
    }.AcceptOnlyFromAmong("f32", "int8");

    private Option<int?> Threads { get; } = new("--threads") { Description = "Threads that compute. Default: one a processor." };

    private Option<int> BatchTokens { get; } = new("--batch-tokens")
    {
        Description = "Tokens a batch may have, padding included.",
        DefaultValueFactory = _ => new TextEncoderOptions().BatchTokens,
    };

    private Option<int?> MaxLength { get; } = new("--max-length") { Description = "Tokens a text may have, special tokens and prompt included. Default: the model's." };

    private Option<string?> Pooling { get; } = new Option<string?>("--pooling")
    {
        Description = "Pooling, for a folder without modules.json.",
    }.AcceptOnlyFromAmong("cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken");

    private Option<bool> NoNormalize { get; } = new("--no-normalize") { Description = "Leave vectors as they are, for a folder without modules.json." };

    private Option<bool> ExportedGraph { get; } = new("--exported-graph") { Description = "Run the folder's onnx/model.onnx instead of a graph built from the weights." };

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[Choice.Option, Precision, Threads, BatchTokens, MaxLength, Pooling, NoNormalize, ExportedGraph])
            command.Options.Add(option);
    }

    /// <summary>Opens the encoder of the named model.</summary>
    public async Task<TextEncoder> OpenAsync(CommandInvocation invocation, CancellationToken cancellationToken, string fallback = ModelChoice.Default)
    {
        TextEncoderOptions options = EncoderOptions(invocation);
        ModelLocation location = await Choice.LocateAsync(invocation, cancellationToken, fallback).ConfigureAwait(false);
        return await Task.Run(() => TextEncoder.Open(location.Folder, options), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the named model's folder, without opening an encoder.</summary>
    public async Task<ModelFolder> OpenFolderAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        ModelLocation location = await Choice.LocateAsync(invocation, cancellationToken).ConfigureAwait(false);
        return ModelFolder.Open(location.Folder, EncoderOptions(invocation).Overrides);
    }

    public Precision PrecisionOf(CommandInvocation invocation) => invocation.Get(Precision) == "int8" ? Graph.Precision.Int8 : Graph.Precision.F32;

    private TextEncoderOptions EncoderOptions(CommandInvocation invocation)
    {
        RequirePositive(invocation.Get(Threads), Threads);
        RequirePositive(invocation.Get(BatchTokens), BatchTokens);
        RequirePositive(invocation.Get(MaxLength), MaxLength);
        return new TextEncoderOptions
        {
            Precision = PrecisionOf(invocation),
            Threads = invocation.Get(Threads),
            BatchTokens = invocation.Get(BatchTokens),
            PreferExportedGraph = invocation.Get(ExportedGraph),
            GraphCacheFolder = Path.Combine(CacheFolder.For(invocation.Environment.Variable), "graphs"),
            Overrides = new ModelOverrides
            {
                Pooling = invocation.Get(Pooling) is { } pooling ? PoolingModule.ModeOf(pooling) : null,
                Normalize = !invocation.Get(NoNormalize),
                MaxLength = invocation.Get(MaxLength),
            },
        };
    }

    private static void RequirePositive(int? value, Option option)
    {
        if (value < 1)
            throw new UsageException($"{option.Name} must be at least 1, not {value}.");
    }
}
