using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Indexing;
using MedEmbed.Cli.Options;
using MedEmbed.Data.Texts;
using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Cli.Commands;

/// <summary>More documents into an index.</summary>
internal sealed class IndexAddCommand : CliCommand
{
    private readonly Option<string> _index = IndexOption.Create();
    private readonly Option<string> _corpus = new("--corpus", "-c") { Description = "Documents to add, in the forms that index build takes.", Required = true };
    private readonly Option<bool> _replace = new("--replace") { Description = "Replace documents whose ids are in the index already, instead of ending with an error." };
    private readonly ModelOptions _model = new();
    private readonly PromptOptions _prompt = new();
    private readonly InputOptions _reading = new();

    public IndexAddCommand()
    {
        Definition = new Command("add", "Add documents to an index, or replace them. All of them or none: a stopped run leaves the index as it was.") { _index, _corpus, _replace };
        _prompt.AddTo(Definition);
        _reading.AddTo(Definition);
        _model.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed index add --index my-index --corpus new.jsonl",
        "medembed index add --index my-index --corpus corrected.jsonl --replace",
    ];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string index = invocation.Require(_index);
        DocumentReader reader = InputOptions.Open(invocation, invocation.Require(_corpus), _reading.Of(invocation));
        using FlatIndexWriter writer = FlatIndexWriter.Open(index);
        using TextEncoder encoder = await _model.OpenAsync(invocation, cancellationToken, fallback: writer.Model.Name).ConfigureAwait(false);
        int dimensions = writer.Model.Dimensions;
        writer.EnsureModel(EncoderIndexModel.Of(encoder, _model, invocation, dimensions));
        var indexing = new CorpusIndexing(encoder, new EncodeOptions { Prompt = _prompt.Of(invocation), Dimensions = Math.Min(dimensions, encoder.Dimensions) }, reader);
        long before = writer.Documents;
        EncodeReport report = await invocation.Progress
            .RunAsync("index", progress => indexing.RunAsync(invocation.Get(_replace) ? writer.Replace : writer.Add, 0, progress, cancellationToken)).ConfigureAwait(false);
        writer.Commit(cancellationToken);
        InputOptions.NoteBadLines(invocation, reader);
        long added = writer.Documents - before;
        invocation.Summarize(
            new { Index = index, Added = added, Replaced = report.Texts - added, writer.Documents, report.Truncated, BadLines = reader.BadLines.Count },
            string.Create(CultureInfo.InvariantCulture, $"{index}: {added:N0} documents added, {report.Texts - added:N0} replaced, {writer.Documents:N0} in all"));
        return ExitCode.Done;
    }
}
