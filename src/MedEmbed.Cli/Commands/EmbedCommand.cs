using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Encoding;
using MedEmbed.Cli.Options;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Vectors;
using MedEmbed.Encoding;

namespace MedEmbed.Cli.Commands;

/// <summary>Texts to vectors.</summary>
internal sealed class EmbedCommand : CliCommand
{
    private readonly Argument<string> _input = new("FILE")
    {
        Description = "JSONL ({\"_id\"?,\"title\"?,\"text\"}), plain text (a line a text) or Parquet, also .gz and .zst; - is standard input.",
        DefaultValueFactory = _ => "-",
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where the vectors go: .jsonl, .npy or .parquet; - writes JSONL to standard output.",
        DefaultValueFactory = _ => "-",
    };

    private readonly Option<string> _vectors = new Option<string>("--vectors")
    {
        Description = "Form of the vectors: f32, int8 (each with a scale of its own, for cosine) or binary (signs, eight a byte).",
        DefaultValueFactory = _ => "f32",
    }.AcceptOnlyFromAmong("f32", "int8", "binary");

    private readonly DimensionsOption _dimensions = new();
    private readonly Option<string?> _shard = new("--shard") { Description = "i/n: lines whose number from 0 is i modulo n; /n takes i from JOB_COMPLETION_INDEX or Slurm, slurm takes both from Slurm." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished output." };
    private readonly ModelOptions _model = new();
    private readonly PromptOptions _prompt = new(anyRole: true);
    private readonly InputOptions _reading = new();

    public EmbedCommand()
    {
        Definition = new Command("embed", "Encode texts as vectors. A run that was stopped goes on where it was.")
        {
            _input, _output, _vectors, _dimensions.Option, _shard, _overwrite,
        };
        _prompt.AddTo(Definition);
        _reading.AddTo(Definition);
        _model.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed embed notes.jsonl --output notes.parquet",
        "echo \"what helps against migraine\" | medembed embed --role query",
        "medembed embed corpus.jsonl.gz --model BAAI/bge-base-en-v1.5 --vectors int8 --output part0.npy --shard 0/4",
    ];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string input = invocation.Get(_input)!;
        string output = invocation.Get(_output)!;
        CheckOutput(invocation, output);
        Shard? shard = invocation.Get(_shard) is { } specification ? ShardSpecification.Parse(specification, invocation.Environment.Variable) : null;
        DocumentReader reader = InputOptions.Open(invocation, input, _reading.Of(invocation) with { Shard = shard });
        using ChosenEncoder model = await _model.OpenAsync(invocation, index: null, cancellationToken).ConfigureAwait(false);
        var options = new EncodeOptions { Prompt = _prompt.Of(invocation, Prompt.Document), Dimensions = _dimensions.Of(invocation, model.Encoder) };
        string prompt = model.Encoder.Model.Prompts.NameOf(options.Prompt) ?? "none";
        using VectorWriter writer = VectorWriter.Open(output, new VectorWriterOptions
        {
            Format = output == "-" ? VectorFormat.JsonLines : null,
            Element = Element(invocation),
            Overwrite = invocation.Get(_overwrite),
            Fingerprint = await FingerprintAsync(input, shard, model, options, invocation, cancellationToken).ConfigureAwait(false),
            SaveEvery = Timeout.InfiniteTimeSpan,
            StandardOutput = output == "-" ? invocation.Environment.OpenOutput() : null,
        });
        var run = new EmbeddingRun(model, options, reader, writer, Element(invocation), CanGoOn: InputOptions.CanBeReadAgain(input));
        EncodeReport report = await run.ExecuteAsync(invocation, output, cancellationToken).ConfigureAwait(false);
        InputOptions.NoteBadLines(invocation, reader);
        Summarize(invocation, model.Encoder, options, prompt, writer, reader, report, output);
        return ExitCode.Done;
    }

    private void CheckOutput(CommandInvocation invocation, string output)
    {
        invocation.RequireOneOutput(output, "--output");
        OutputPath.RequireFile(output, invocation.Get(_overwrite));
        if (output != "-")
            VectorWriter.FormatOf(output);
    }

    private VectorElement Element(CommandInvocation invocation) => invocation.Get(_vectors) switch
    {
        "int8" => VectorElement.Int8,
        "binary" => VectorElement.Binary,
        _ => VectorElement.Float32,
    };

    /// <summary>Null for inputs that cannot be read twice: such a run cannot be continued.</summary>
    private async Task<string?> FingerprintAsync(string input, Shard? shard, ChosenEncoder model, EncodeOptions options, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (!InputOptions.CanBeReadAgain(input))
            return null;
        using var fingerprint = new OutputFingerprint();
        fingerprint.Add("command", "embed 1")
            .Add("model", model.VectorHash)
            .Add("exported graph", _model.ExportedGraph(invocation).ToString())
            .Add("prompt", $"{options.Prompt.Kind} {options.Prompt}")
            .Add("dimensions", options.Dimensions?.ToString(CultureInfo.InvariantCulture))
            .Add("shard", shard?.ToString())
            .Add("skip", _reading.Of(invocation).SkipBadLines.ToString());
        await fingerprint.AddFileAsync("input", input, cancellationToken).ConfigureAwait(false);
        return fingerprint.ToString();
    }

    private static void Summarize(
        CommandInvocation invocation, TextEncoder encoder, EncodeOptions options, string prompt, VectorWriter writer, DocumentReader reader, EncodeReport report, string output)
    {
        if (invocation.Json)
        {
            invocation.Summarize(new
            {
                Output = output,
                Vectors = writer.Rows,
                Dimensions = options.Dimensions,
                Model = encoder.Model.Name,
                ModelHash = encoder.Model.ContentHash,
                Prompt = prompt,
                report.Tokens,
                report.Truncated,
                BadLines = reader.BadLines.Count,
            });
        }

        if (report.Truncated > 0)
            invocation.Progress.Note($"{Count(report.Truncated)} texts were longer than {encoder.MaxLength} tokens and lost their end.");
        if (output != "-")
            invocation.Progress.Note($"{output}: {Count(writer.Rows)} vectors of {options.Dimensions}, model {encoder.Model.Name}, prompt {prompt}.");
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
