using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Generation;
using MedEmbed.Cli.Options;
using MedEmbed.Cli.Progress;
using MedEmbed.Synthesis.Batches;
using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Lexical;
using MedEmbed.Synthesis.Notes;
using MedEmbed.Synthesis.Offline;

namespace MedEmbed.Cli.Commands;

/// <summary>Notes to query-response pairs.</summary>
internal sealed class GenerateCommand : CliCommand
{
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Folder for pairs.jsonl, rejected.jsonl (with reasons) and report.json." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished output. Completions that are stored are not asked for again." };
    private readonly Option<bool> _offline = new("--offline") { Description = "Without an LLM, by rules; weaker, and marked in the output." };
    private readonly Option<string?> _writeBatch = new("--write-batch") { Description = "Write requests as an OpenAI batch instead of asking; with --read-batch: for the notes that failed." };
    private readonly Option<string[]> _readBatch = new("--read-batch") { Description = "Take answers from response files of a batch (OpenAI, Azure, vllm run-batch).", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _exportPrompts = new("--export-prompts") { Description = "Write the prompts to this folder, to be edited and given to --prompts, and end." };
    private readonly Option<string?> _completions = new("--completions") { Description = "File that keeps every completion, by default OUTPUT.completions.jsonl." };
    private readonly Option<int?> _maxCharacters = NumberOption.Create("--max-note-characters", "Characters from which a note is split between sentences, by default 8000.", minimum: 100);
    private readonly Option<bool> _logText = new("--log-text") { Description = "Tell texts of notes and completions on standard error; never without this." };
    private readonly LexicalCliOptions _lexical = new();
    private readonly NoteOptions _notes = new();
    private readonly LlmOptions _llm = new();
    private readonly EndpointCliOptions _endpoint = new();
    private readonly PriceOptions _prices = new();
    private readonly CheckCliOptions _checks = new();

    public GenerateCommand()
    {
        Definition = new Command("generate", "Generate training pairs: from notes by an LLM, from batch files or by rules, or from terminologies. A run that was stopped goes on where it was.")
        {
            _output, _overwrite, _offline, _writeBatch, _readBatch, _exportPrompts, _completions, _maxCharacters, _logText,
        };
        _lexical.AddTo(Definition);
        _notes.AddTo(Definition);
        _llm.AddTo(Definition);
        _endpoint.AddTo(Definition);
        _prices.AddTo(Definition);
        _checks.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed generate --notes notes.jsonl --endpoint http://localhost:8000/v1 --llm llama-3.1-8b --output pairs",
        "medembed generate --notes mtsamples.jsonl --id-field sample_id --text-field transcription --sample 100 --offline --output pairs",
        "medembed generate --notes notes.jsonl --llm gpt-4o-mini --write-batch requests.jsonl",
        "medembed generate --notes notes.jsonl --read-batch responses.jsonl --output pairs",
        "medembed generate --lexical terminologies --lexical-kinds code abbreviation --output pairs",
    ];

    public override void Check(CommandInvocation invocation)
    {
        if (invocation.Get(_exportPrompts) is null)
            RequireOneWay(invocation);
        if (IsLexical(invocation))
            _ = _lexical.Of(invocation);
    }

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Get(_exportPrompts) is { } prompts)
            return ExportPrompts(invocation, prompts);
        RequireOneWay(invocation);
        if (IsLexical(invocation))
            return await MakeLexicalAsync(invocation, cancellationToken).ConfigureAwait(false);
        bool offline = invocation.Get(_offline);
        bool readBatch = invocation.Get(_readBatch) is { Length: > 0 };
        bool writeBatch = invocation.Get(_writeBatch) is not null;
        NoteStream notes = _notes.Open(invocation, keepDuplicates: readBatch);
        if (writeBatch && !readBatch)
            return await WriteBatchAsync(invocation, notes, cancellationToken).ConfigureAwait(false);
        string output = RequireOutput(invocation);
        return readBatch ? await ReadBatchAsync(invocation, notes, output, cancellationToken).ConfigureAwait(false)
            : offline ? await RunAsync(invocation, notes, output, new OfflineCandidateSource(), Options(invocation), cancellationToken).ConfigureAwait(false)
            : await AskAsync(invocation, notes, output, cancellationToken).ConfigureAwait(false);
    }

    private string RequireOutput(CommandInvocation invocation)
    {
        string output = invocation.Get(_output) is { Length: > 0 } given ? given : throw new UsageException("--output is missing; name the folder to write.");
        OutputPath.RequireFolder(output, invocation.Get(_overwrite), "generated pairs", static folder => File.Exists(Path.Combine(folder, "report.json")));
        return output;
    }

    private async Task<int> MakeLexicalAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (_notes.IsGiven(invocation))
            throw new UsageException("--lexical makes pairs of terminologies, not of notes; leave --notes out, or run the command for each.");
        string folder = _lexical.RequireFolder(invocation);
        LexicalOptions options = _lexical.Of(invocation) with { Overwrite = invocation.Get(_overwrite), SkipBadLines = _notes.SkipsBadLines(invocation) };
        string output = RequireOutput(invocation);
        LexicalReport report = await invocation.Progress.RunAsync(
            "generate", display => new LexicalRun(options).ExecuteAsync(folder, output, new GenerationDisplay(display, "terms"), cancellationToken)).ConfigureAwait(false);
        LexicalSummary.Tell(invocation, output, report);
        return ExitCode.Done;
    }

    private bool IsLexical(CommandInvocation invocation) => invocation.Get(_lexical.Folder) is not null;

    private void RequireOneWay(CommandInvocation invocation)
    {
        bool[] ways =
        [
            invocation.Get(_endpoint.Address) is not null,
            invocation.Get(_offline),
            invocation.Get(_readBatch) is { Length: > 0 } || invocation.Get(_writeBatch) is not null,
            IsLexical(invocation),
        ];
        if (ways.Count(way => way) != 1)
            throw new UsageException("Give one of --endpoint (with --llm), --offline, --write-batch (with --llm), --read-batch and --lexical.");
    }

    private int ExportPrompts(CommandInvocation invocation, string folder)
    {
        _llm.Prompts(invocation).Export(folder);
        invocation.Summarize(new { Prompts = folder, _llm.Prompts(invocation).Version }, $"{folder}: prompts {_llm.Prompts(invocation).Version}; edit them and pass --prompts {folder}.");
        return ExitCode.Done;
    }

    private async Task<int> WriteBatchAsync(CommandInvocation invocation, NoteStream notes, CancellationToken cancellationToken)
    {
        string file = invocation.Get(_writeBatch)!;
        OutputPath.RequireFile(file, invocation.Get(_overwrite));
        var requests = new BatchRequests(_llm.Of(invocation));
        long written = await requests.WriteAsync(file, notes.ReadAsync(cancellationToken), new NoteSplitter(Options(invocation).MaxNoteCharacters), invocation.Get(_overwrite), cancellationToken).ConfigureAwait(false);
        notes.NoteOmissions(invocation);
        if (invocation.Json)
            invocation.Summarize(new { Requests = written, Output = file });
        invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{file}: {written:N0} requests. They hold the notes' text, which a batch at another machine takes there."));
        return ExitCode.Done;
    }

    private async Task<int> ReadBatchAsync(CommandInvocation invocation, NoteStream notes, string output, CancellationToken cancellationToken)
    {
        string? again = invocation.Get(_writeBatch);
        BatchRequests? requests = again is null ? null : new BatchRequests(_llm.Of(invocation));
        if (again is not null)
            OutputPath.RequireFile(again, invocation.Get(_overwrite));
        BatchResponses responses = await BatchResponses.ReadAsync(invocation.Get(_readBatch)!, cancellationToken).ConfigureAwait(false);
        var source = new BatchCandidateSource(responses);
        GenerationOptions options = Options(invocation) with { KeepWhole = note => responses.Has(note.Id), Window = 1 };
        int code = await RunAsync(invocation, notes, output, source, options, cancellationToken).ConfigureAwait(false);
        if (source.Failed.Count > 0)
            invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{source.Failed.Count:N0} notes have no usable answer; rejected.jsonl lists them{(again is null ? ", and --write-batch F writes requests for them" : "")}."));
        if (again is not null)
        {
            requests!.WriteAgain(again, source.Failed, invocation.Get(_overwrite));
            invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{again}: {source.Failed.Count:N0} requests for them."));
        }

        return code;
    }

    private async Task<int> AskAsync(CommandInvocation invocation, NoteStream notes, string output, CancellationToken cancellationToken)
    {
        var run = new EndpointGeneration(_endpoint.Of(invocation), _llm.Of(invocation), invocation.Get(_completions) ?? $"{Path.TrimEndingDirectorySeparator(output)}.completions.jsonl", invocation.Get(_logText));
        using (run)
        {
            run.Announce(invocation);
            GenerationOptions options = Options(invocation);
            long total = await notes.CountPartsAsync(new NoteSplitter(options.MaxNoteCharacters), cancellationToken).ConfigureAwait(false);
            try
            {
                return await RunAsync(invocation, notes, output, run.Source, options, cancellationToken, run, total).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                run.NoteKept(invocation);
                throw;
            }
        }
    }

    private async Task<int> RunAsync(
        CommandInvocation invocation, NoteStream notes, string output, ICandidateSource source, GenerationOptions options, CancellationToken cancellationToken, EndpointGeneration? endpoint = null, long? total = null)
    {
        if (invocation.Get(_logText))
            source = new LoggedCandidateSource(source, invocation.Progress.Note);
        decimal? Cost() => endpoint is null ? null : _prices.CostOf(invocation, endpoint.Statistics);
        var run = new GenerationRun(source, options);
        GenerationReport report = await invocation.Progress.RunAsync(
            "generate",
            display => run.ExecuteAsync(
                notes.ReadAsync(cancellationToken), output, (_, description) => Describe(description, notes, endpoint, Cost()), new GenerationDisplay(display, "notes", total, endpoint?.Statistics, Cost), cancellationToken)).ConfigureAwait(false);
        notes.NoteOmissions(invocation);
        GenerationSummary.Tell(invocation, output, report, endpoint, Cost());
        return ExitCode.Done;
    }

    private static void Describe(IDictionary<string, object?> description, NoteStream notes, EndpointGeneration? endpoint, decimal? cost)
    {
        description["duplicate_notes"] = notes.Duplicates;
        endpoint?.Describe(description, cost);
    }

    private GenerationOptions Options(CommandInvocation invocation)
    {
        GenerationOptions options = _checks.Of(invocation, new GenerationOptions { Overwrite = invocation.Get(_overwrite) });
        return invocation.Get(_maxCharacters) is { } characters ? options with { MaxNoteCharacters = characters } : options;
    }
}
