using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Mining;
using MedEmbed.Cli.Options;
using MedEmbed.Cli.Progress;
using MedEmbed.Synthesis.Mining;
using MedEmbed.Synthesis.Mining.Reporting;

namespace MedEmbed.Cli.Commands;

/// <summary>Pairs to triplets with hard negatives.</summary>
internal sealed class MineCommand : CliCommand
{
    private readonly Option<string[]> _pairs = new("--pairs", "-p") { Description = "Pairs: JSONL or Parquet ({\"query\",\"positive\",\"note_id\"?,…}), as generate writes them; records with other field names (--query-field, --positive-field); or a BEIR folder, each query with each relevant document. Several are mined as one.", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _corpus = new("--corpus", "-c") { Description = "Passages that negatives are taken from: JSONL, plain text or Parquet. Default: the pairs' distinct positives." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "Triplets: .jsonl or .parquet; OUTPUT.report.json beside it tells counts and scores.", Required = true };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished output." };
    private readonly Option<string?> _work = new("--work-folder") { Description = "Keep vectors and indexes here, for further runs with other settings. Default: OUTPUT.work, which goes at the end." };
    private readonly Option<string?> _benchmarks = new("--benchmarks") { Description = "Compare every text with the BEIR benchmarks below this folder; OUTPUT.contamination.json tells what overlaps." };
    private readonly Option<bool> _dropContaminated = new("--drop-contaminated") { Description = "Leave out pairs whose query or positive overlaps with a benchmark, and negatives that do." };
    private readonly Option<bool> _logText = new("--log-text") { Description = "Texts in the report's examples, not ids alone." };
    private readonly PairSelectionOptions _selection = new();
    private readonly InputOptions _reading = new();
    private readonly MiningCliOptions _mining = new();
    private readonly MiningModelOptions _models = new();

    public MineCommand()
    {
        Definition = new Command("mine", "Mine hard negatives for pairs and write triplets with scores. A run that was stopped goes on where it was.")
        {
            _pairs, _corpus, _output, _overwrite, _work, _benchmarks, _dropContaminated, _logText,
        };
        _selection.AddTo(Definition);
        _mining.AddTo(Definition);
        _models.AddTo(Definition);
        _reading.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed mine --pairs pairs/pairs.jsonl --output triplets.jsonl --dev-share 0.05",
        "medembed mine --pairs pairs.jsonl --corpus corpus.jsonl --source dense=4 bm25=3 random=1 --skip-ranks 5 --depth 200 --output triplets.parquet",
        "medembed mine --pairs pairs.jsonl --teacher bge-small-en-v1.5=2 bm25=1 --false-negative-model intfloat/e5-small-v2 --output triplets.jsonl",
        "medembed mine --pairs bioasq --exclude '(?i)covid' --min-negatives 1 --output triplets.jsonl",
        "medembed mine --pairs bioasq pubmedqa abstracts/pairs.jsonl --source dense bm25 --depth 50 --select sample --output triplets.jsonl",
        "medembed mine --pairs mqp.jsonl --query-field question_1 --positive-field question_2 --where label=1 --output triplets.jsonl",
        "medembed mine --pairs pairs.jsonl --source bm25 in-group --benchmarks data/benchmarks --drop-contaminated --output triplets.jsonl",
    ];

    public override void Check(CommandInvocation invocation)
    {
        _ = Options(invocation);
        _models.Check(invocation);
        _selection.Check(invocation);
    }

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string output = invocation.Require(_output);
        invocation.RequireOneOutput(output, "--output");
        OutputPath.RequireFile(output, invocation.Get(_overwrite));
        using ConvertedPairs? converted = await _selection.ConvertAsync(invocation, invocation.Require(_pairs), output, _reading.Of(invocation).SkipBadLines, cancellationToken).ConfigureAwait(false);
        MiningInput input = Input(invocation, converted?.Path);
        using var models = new OpenModels();
        MiningOptions options = await _models.OpenAsync(invocation, models, Options(invocation), cancellationToken).ConfigureAwait(false);
        MiningPaths paths = MiningPaths.Of(output, options);
        var miner = new NegativeMiner(options);
        MiningReport report;
        try
        {
            report = await invocation.Progress.RunAsync("mine", display => miner.RunAsync(input, output, new MiningDisplay(display, invocation.Progress.Note), cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Directory.Exists(paths.WorkFolder))
        {
            invocation.Progress.Note($"{paths.WorkFolder}: what was done is kept; the same command goes on from there.");
            throw;
        }

        Tell(invocation, report, paths);
        return ExitCode.Done;
    }

    private MiningInput Input(CommandInvocation invocation, string? converted)
    {
        string pairs = converted ?? invocation.Require(_pairs)[0];
        string? corpus = invocation.Get(_corpus);
        foreach (string? file in (string?[])[pairs, corpus])
        {
            if (file is not null)
                RequireFile(file);
        }

        return new MiningInput(pairs, corpus);
    }

    private MiningOptions Options(CommandInvocation invocation) => _mining.Of(invocation) with
    {
        Overwrite = invocation.Get(_overwrite),
        WorkFolder = invocation.Get(_work),
        Benchmarks = invocation.Get(_benchmarks),
        DropContaminated = invocation.Get(_dropContaminated),
        LogText = invocation.Get(_logText),
        SkipBadLines = _reading.Of(invocation).SkipBadLines,
    };

    // The files are read several times, which pipes are not for.
    private static void RequireFile(string path)
    {
        if (Directory.Exists(path))
            throw new UsageException($"{path}: is a folder; name a file in it.");
        if (path != "-" && !File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such file.", path);
        if (!InputOptions.CanBeReadAgain(path))
            throw new UsageException($"{path}: is empty, a pipe or a device; mining reads its input several times and needs files.");
    }

    private static void Tell(CommandInvocation invocation, MiningReport report, MiningPaths paths)
    {
        if (report.BadLines > 0)
            invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{report.BadLines:N0} faulty lines left out:"));
        foreach (string reason in report.BadLineReasons)
            invocation.Progress.Note($"  {reason}");
        string negatives = string.Join(", ", report.Negatives.Select(source => string.Create(CultureInfo.InvariantCulture, $"{source.Value:N0} {source.Key}")));
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"{paths.Output}: {report.Triplets - report.DevTriplets:N0} triplets of {report.Pairs:N0} pairs; negatives: {(negatives.Length > 0 ? negatives : "none")}"),
            .. paths.Dev is null ? (string[])[] : [string.Create(CultureInfo.InvariantCulture, $"{paths.Dev}: {report.DevTriplets:N0} triplets")],
            .. report.WithoutNegatives > 0 ? (string[])[string.Create(CultureInfo.InvariantCulture, $"{report.WithoutNegatives:N0} triplets have no negative")] : [],
            .. paths.Report is null ? (string[])[] : [paths.Report],
            .. paths.Contamination is null ? (string[])[] : [paths.Contamination],
        ];
        if (invocation.Json || paths.Output != "-")
        {
            invocation.Summarize(
                new
                {
                    paths.Output,
                    paths.Dev,
                    paths.Report,
                    paths.Contamination,
                    report.Pairs,
                    report.RepeatedPairs,
                    report.Passages,
                    report.Triplets,
                    report.DevTriplets,
                    report.WithoutNegatives,
                    report.TooFewNegatives,
                    report.Contaminated,
                    report.Candidates,
                    report.Found,
                    report.Dropped,
                    report.Negatives,
                },
                lines);
        }
    }
}
