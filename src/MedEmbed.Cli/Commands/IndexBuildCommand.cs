using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Indexing;
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

    private readonly Option<int?> _dimensions = new("--dimensions") { Description = "Keep the first so many numbers of each vector and scale to unit length again." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished index." };
    private readonly ModelOptions _model = new();
    private readonly PromptOptions _prompt = new();
    private readonly InputOptions _reading = new();

    public IndexBuildCommand()
    {
        Definition = new Command("build", "Build an index over a corpus. A build that was stopped goes on where it was.")
        {
            _corpus, _output, _kind, _vectors, _rescore, _dimensions, _overwrite,
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
        DocumentReader reader = InputOptions.Open(invocation, corpus, _reading.Of(invocation));
        if (corpus != "-" && !File.Exists(corpus))
            throw new FileNotFoundException($"{corpus}: there is no such file.", corpus);
        using TextEncoder encoder = await _model.OpenAsync(invocation, cancellationToken).ConfigureAwait(false);
        int dimensions = EncoderIndexModel.CheckDimensions(invocation.Get(_dimensions), encoder);
        var options = new EncodeOptions { Prompt = _prompt.Of(invocation), Dimensions = dimensions };
        IndexModel model = EncoderIndexModel.Of(encoder, _model, invocation, dimensions);
        string fingerprint = await FingerprintAsync(corpus, model, options, invocation, cancellationToken).ConfigureAwait(false);
        using FlatIndexBuilder builder = FlatIndexBuilder.Start(invocation.Require(_output), IndexOptions(invocation, model), fingerprint, invocation.Get(_overwrite));
        if (builder.ResumedDocuments > 0)
            invocation.Progress.Note($"{invocation.Require(_output)}: going on after {builder.ResumedDocuments.ToString("N0", CultureInfo.InvariantCulture)} documents of an earlier run.");
        var indexing = new CorpusIndexing(encoder, options, reader);
        EncodeReport report = await invocation.Progress
            .RunAsync("index", progress => indexing.RunAsync(builder.Add, builder.ResumedDocuments, progress, cancellationToken)).ConfigureAwait(false);
        long documents = builder.Documents;
        builder.Complete(cancellationToken);
        InputOptions.NoteBadLines(invocation, reader);
        if (report.Truncated > 0)
            invocation.Progress.Note($"{report.Truncated} documents were longer than {encoder.MaxLength} tokens; their ends cannot be found.");
        invocation.Summarize(
            new { Index = invocation.Require(_output), Documents = documents, Model = model.Name, ModelHash = model.Hash, report.Tokens, report.Truncated, BadLines = reader.BadLines.Count },
            $"{invocation.Require(_output)}: {documents.ToString("N0", CultureInfo.InvariantCulture)} documents, model {encoder.Model.Name}");
        return ExitCode.Done;
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

    private async Task<string> FingerprintAsync(string corpus, IndexModel model, EncodeOptions options, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        using var fingerprint = new OutputFingerprint();
        fingerprint.Add("command", "index 1").Add("model", model.Hash).Add("prompt", options.Prompt.ToString()).Add("skip", _reading.Of(invocation).SkipBadLines.ToString());

        // Input that cannot be read twice must not continue what another input began.
        if (InputOptions.CanBeReadAgain(corpus))
            await fingerprint.AddFileAsync("corpus", corpus, cancellationToken).ConfigureAwait(false);
        else
            fingerprint.Add("once", Guid.NewGuid().ToString("N"));
        return fingerprint.ToString();
    }
}
