using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Indexing;
using MedEmbed.Cli.Options;
using MedEmbed.Cli.Progress;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Vectors;
using MedEmbed.Encoding;
using MedEmbed.Vectors;

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

    private readonly Option<int?> _dimensions = new("--dimensions") { Description = "Keep the first so many numbers and scale to unit length again." };
    private readonly Option<string?> _shard = new("--shard") { Description = "i/n: lines whose number from 0 is i modulo n; /n takes i from JOB_COMPLETION_INDEX or Slurm, slurm takes both from Slurm." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished output." };
    private readonly ModelOptions _model = new();
    private readonly PromptOptions _prompt = new();
    private readonly InputOptions _reading = new();

    public EmbedCommand()
    {
        Definition = new Command("embed", "Encode texts as vectors. A run that was stopped goes on where it was.")
        {
            _input, _output, _vectors, _dimensions, _shard, _overwrite,
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
        if (invocation.Json && output == "-")
            throw new UsageException("--json and vectors on standard output exclude each other; give --output a file.");
        Shard? shard = invocation.Get(_shard) is { } specification ? ShardSpecification.Parse(specification, invocation.Environment.Variable) : null;
        DocumentReader reader = InputOptions.Open(invocation, input, _reading.Of(invocation) with { Shard = shard });
        using TextEncoder encoder = await _model.OpenAsync(invocation, cancellationToken).ConfigureAwait(false);
        var options = new EncodeOptions { Prompt = _prompt.Of(invocation), Dimensions = EncoderIndexModel.CheckDimensions(invocation.Get(_dimensions), encoder) };
        encoder.Model.Prompts.NameOf(options.Prompt);
        VectorElement element = Element(invocation);
        using VectorWriter writer = VectorWriter.Open(output, new VectorWriterOptions
        {
            Format = output == "-" ? VectorFormat.JsonLines : null,
            Element = element,
            Overwrite = invocation.Get(_overwrite),
            Fingerprint = await FingerprintAsync(input, shard, encoder, options, invocation, cancellationToken).ConfigureAwait(false),
        });
        NoteStart(invocation, writer, output);
        EncodeReport report = await invocation.Progress.RunAsync("embed", progress => EncodeAsync(encoder, reader, writer, element, options, progress, cancellationToken)).ConfigureAwait(false);
        await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        InputOptions.NoteBadLines(invocation, reader);
        Summarize(invocation, encoder, options, writer, reader, report, output);
        return ExitCode.Done;
    }

    private VectorElement Element(CommandInvocation invocation) => invocation.Get(_vectors) switch
    {
        "int8" => VectorElement.Int8,
        "binary" => VectorElement.Binary,
        _ => VectorElement.Float32,
    };

    /// <summary>Null for inputs that cannot be read twice: such a run cannot be continued.</summary>
    private async Task<string?> FingerprintAsync(string input, Shard? shard, TextEncoder encoder, EncodeOptions options, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (!InputOptions.CanBeReadAgain(input))
            return null;
        using var fingerprint = new OutputFingerprint();
        fingerprint.Add("command", "embed 1")
            .Add("model", encoder.Model.ContentHash)
            .Add("precision", _model.PrecisionOf(invocation).ToString())
            .Add("prompt", options.Prompt.ToString())
            .Add("dimensions", options.Dimensions?.ToString(CultureInfo.InvariantCulture))
            .Add("shard", shard?.ToString())
            .Add("skip", _reading.Of(invocation).SkipBadLines.ToString());
        await fingerprint.AddFileAsync("input", input, cancellationToken).ConfigureAwait(false);
        return fingerprint.ToString();
    }

    private static void NoteStart(CommandInvocation invocation, VectorWriter writer, string output)
    {
        if (writer.Start == OutputStart.Continued)
            invocation.Progress.Note($"{output}: going on after {writer.Rows.ToString("N0", CultureInfo.InvariantCulture)} vectors of an earlier run.");
        else if (writer.Start == OutputStart.Restarted)
            invocation.Progress.Note($"{output}: an unfinished output of other input or settings was there and is begun anew.");
    }

    private static async Task<EncodeReport> EncodeAsync(
        TextEncoder encoder, DocumentReader reader, VectorWriter writer, VectorElement element, EncodeOptions options, IProgress<WorkProgress> display, CancellationToken cancellationToken)
    {
        var progress = new ReadingProgress(display, reader);
        progress.Advance(writer.Rows);
        EncodeReport total = EncodeReport.Empty;
        IAsyncEnumerable<Document> documents = reader.ReadAsync(cancellationToken).Skip((int)writer.Rows);
        await foreach (EncodedWindow<Document> window in encoder
            .EncodeStreamAsync(documents, document => document.TitleAndText, options with { Progress = progress }, cancellationToken).ConfigureAwait(false))
        {
            for (int row = 0; row < window.Items.Count; row++)
                Write(writer, element, window.Items[row].Id, window.Encoded.Vectors[row]);
            total = total.Plus(window.Encoded.Report);
            progress.Advance(window.Items.Count);
        }

        return total;
    }

    private static void Write(VectorWriter writer, VectorElement element, string id, Span<float> vector)
    {
        switch (element)
        {
            case VectorElement.Int8:
                Span<sbyte> codes = stackalloc sbyte[vector.Length];
                PerVectorInt8.Quantize(vector, codes);
                writer.Write(id, codes);
                break;
            case VectorElement.Binary:
                Span<byte> packed = stackalloc byte[BinaryQuantizer.BytesOf(vector.Length)];
                BinaryQuantizer.Quantize(vector, packed);
                writer.Write(id, packed);
                break;
            default:
                writer.Write(id, vector);
                break;
        }
    }

    private static void Summarize(
        CommandInvocation invocation, TextEncoder encoder, EncodeOptions options, VectorWriter writer, DocumentReader reader, EncodeReport report, string output)
    {
        string prompt = encoder.Model.Prompts.NameOf(options.Prompt) ?? "none";
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
            invocation.Progress.Note($"{report.Truncated} texts were longer than {encoder.MaxLength} tokens and lost their end.");
        if (output != "-")
            invocation.Progress.Note($"{output}: {writer.Rows.ToString("N0", CultureInfo.InvariantCulture)} vectors of {options.Dimensions}, model {encoder.Model.Name}, prompt {prompt}.");
    }
}
