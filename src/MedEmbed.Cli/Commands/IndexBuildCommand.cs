using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Encoding;
using MedEmbed.Cli.Options;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Texts;
using MedEmbed.Encoding;
using MedEmbed.Retrieval;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Cli.Commands;

/// <summary>A corpus to an index.</summary>
internal sealed class IndexBuildCommand : CliCommand
{
    /// <summary>Documents of a segment: what a killed build has to encode again at most.</summary>
    private const int SegmentRows = 1024;

    private readonly Option<string> _corpus = new("--corpus", "-c")
    {
        Description = "Documents: JSONL ({\"_id\",\"title\"?,\"text\",\"metadata\"?}), plain text or Parquet, also .gz and .zst.",
        Required = true,
    };

    private readonly Option<string> _output = new("--output", "-o") { Description = "Folder of the index.", Required = true };

    private readonly Option<string> _kind = new Option<string>("--kind")
    {
        Description = "Kind of index.",
        DefaultValueFactory = _ => "flat",
    }.AcceptOnlyFromAmong("flat");

    private readonly Option<string> _vectors = new Option<string>("--vectors")
    {
        Description = "What queries are compared with; int8 and binary take candidates that are scored again.",
        DefaultValueFactory = _ => "f32",
    }.AcceptOnlyFromAmong("f32", "int8", "binary");

    private readonly Option<string?> _rescore = new Option<string?>("--rescore")
    {
        Description = "What candidates of int8 and binary are scored again with. Default: int8.",
    }.AcceptOnlyFromAmong("none", "int8", "f32");

    private readonly DimensionsOption _dimensions = new();
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished index." };
    private readonly ModelOptions _model = new();
    private readonly PromptOptions _prompt = new(anyRole: true);
    private readonly InputOptions _reading = new();

    public IndexBuildCommand()
    {
        Definition = new Command("build", "Build an index over a corpus. A build that was stopped goes on where it was.")
        {
            _corpus, _output, _kind, _vectors, _rescore, _dimensions.Option, _overwrite,
        };
        _prompt.AddTo(Definition);
        _reading.AddTo(Definition);
        _model.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed index build --corpus samples/medquad/corpus.jsonl --output my-index",
        "medembed index build --corpus corpus.jsonl.zst --output my-index --vectors int8 --rescore f32",
    ];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string corpus = invocation.Require(_corpus);
        string output = invocation.Require(_output);
        CheckVectors(invocation);
        OutputPath.RequireFolder(output, invocation.Get(_overwrite), "an index", folder => File.Exists(Path.Combine(folder, "index.json")));
        DocumentReader reader = InputOptions.Open(invocation, corpus, _reading.Of(invocation));
        using ChosenEncoder chosen = await _model.OpenAsync(invocation, index: null, cancellationToken).ConfigureAwait(false);
        int dimensions = _dimensions.Of(invocation, chosen.Encoder);
        var options = new EncodeOptions { Prompt = _prompt.Of(invocation, Prompt.Document), Dimensions = dimensions };
        IndexModel model = chosen.ToIndexModel(dimensions, options.Prompt);
        string fingerprint = await FingerprintAsync(corpus, model, invocation, cancellationToken).ConfigureAwait(false);
        using FlatIndexBuilder builder = FlatIndexBuilder.Start(output, IndexOptions(invocation, model), fingerprint, invocation.Get(_overwrite));
        if (builder.ResumedDocuments > 0)
            invocation.Progress.Note($"{output}: going on after {Count(builder.ResumedDocuments)} documents of an earlier run.");
        (long documents, EncodeReport report) = await BuildAsync(invocation, builder, new CorpusEncoding(chosen, options, reader), output, cancellationToken).ConfigureAwait(false);
        InputOptions.NoteBadLines(invocation, reader);
        if (report.Truncated > 0)
            invocation.Progress.Note($"{Count(report.Truncated)} documents were longer than {chosen.Encoder.MaxLength} tokens; their ends cannot be found.");
        invocation.Summarize(
            new { Index = output, Documents = documents, Model = model.Name, ModelHash = model.Hash, report.Tokens, report.Truncated, BadLines = reader.BadLines.Count },
            $"{output}: {Count(documents)} documents, model {chosen.Encoder.Model.Name}");
        return ExitCode.Done;
    }

    private static async Task<(long Documents, EncodeReport Report)> BuildAsync(CommandInvocation invocation, FlatIndexBuilder builder, CorpusEncoding corpus, string output, CancellationToken cancellationToken)
    {
        EncodeReport report;
        try
        {
            report = await invocation.Progress.RunAsync(
                "index",
                progress => corpus.RunAsync((document, vector) => builder.Add(document.ToIndexed(), vector), () => { }, builder.ResumedDocuments, progress, cancellationToken)).ConfigureAwait(false);
            if (builder.Documents == 0)
                throw new UsageException("The corpus holds no documents; an index needs at least one.");
        }
        catch (OperationCanceledException)
        {
            builder.Checkpoint();
            invocation.Progress.Note($"{output}: {Count(builder.Documents)} documents are kept; the same command goes on from there.");
            throw;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or UsageException)
        {
            // The corpus has to change, and another corpus begins anew.
            builder.Discard();
            throw;
        }

        long documents = builder.Documents;
        builder.Complete(cancellationToken);
        return (documents, report);
    }

    private void CheckVectors(CommandInvocation invocation)
    {
        if (invocation.Get(_vectors) == "f32" && invocation.Get(_rescore) is not (null or "none"))
            throw new UsageException("--rescore is for --vectors int8 and binary; f32 vectors give exact scores at once.");
    }

    private FlatIndexOptions IndexOptions(CommandInvocation invocation, IndexModel model) => new()
    {
        Model = model,
        Vectors = invocation.Get(_vectors) switch
        {
            "int8" => StoredVectors.Int8,
            "binary" => StoredVectors.Binary,
            _ => StoredVectors.F32,
        },
        Rescore = invocation.Get(_rescore) switch
        {
            "none" => RescoreVectors.None,
            "int8" => RescoreVectors.Int8,
            "f32" => RescoreVectors.F32,
            _ => null,
        },
        SegmentRows = SegmentRows,
    };

    private async Task<string> FingerprintAsync(string corpus, IndexModel model, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        using var fingerprint = new OutputFingerprint();
        fingerprint.Add("command", "index 1")
            .Add("model", model.Hash)
            .Add("exported graph", _model.ExportedGraph(invocation).ToString())
            .Add("prompt", model.DocumentPrompt)
            .Add("skip", _reading.Of(invocation).SkipBadLines.ToString());

        // Input that cannot be read twice must not continue what another input began.
        if (InputOptions.CanBeReadAgain(corpus))
            await fingerprint.AddFileAsync("corpus", corpus, cancellationToken).ConfigureAwait(false);
        else
            fingerprint.Add("once", Guid.NewGuid().ToString("N"));
        return fingerprint.ToString();
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
