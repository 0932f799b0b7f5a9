using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Encoding;
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
    private readonly PromptOptions _prompt = new(anyRole: true);
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
        using ChosenEncoder model = await _model.OpenAsync(invocation, writer.Model, cancellationToken).ConfigureAwait(false);
        Prompt likeTheOthers = writer.Model.DocumentPrompt is { } name ? Prompt.Named(name) : Prompt.None;
        var options = new EncodeOptions { Prompt = _prompt.Of(invocation, likeTheOthers), Dimensions = Math.Min(writer.Model.Dimensions, model.Encoder.Dimensions) };
        writer.EnsureModel(model.ToIndexModel(writer.Model.Dimensions, Prompt.None));
        CorpusEncoding.Sink sink = invocation.Get(_replace)
            ? (document, vector) => writer.Replace(document.ToIndexed(), vector)
            : (document, vector) => writer.Add(document.ToIndexed(), vector);
        long before = writer.Documents;
        EncodeReport report = await invocation.Progress.RunAsync(
            "index",
            progress => new CorpusEncoding(model, options, reader).RunAsync(sink, () => { }, 0, progress, cancellationToken)).ConfigureAwait(false);
        writer.Commit(cancellationToken);
        InputOptions.NoteBadLines(invocation, reader);
        long added = writer.Documents - before;
        invocation.Summarize(
            new { Index = index, Added = added, Replaced = report.Texts - added, writer.Documents, report.Truncated, BadLines = reader.BadLines.Count },
            string.Create(CultureInfo.InvariantCulture, $"{index}: {added:N0} documents added, {report.Texts - added:N0} replaced, {writer.Documents:N0} in all"));
        return ExitCode.Done;
    }
}
