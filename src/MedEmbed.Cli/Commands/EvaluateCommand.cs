using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Cli.Output;
using MedEmbed.Cli.Progress;
using MedEmbed.Evaluation.Results;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Cli.Commands;

/// <summary>A system and tasks to results, or a run and judgments to metrics.</summary>
internal sealed class EvaluateCommand : CliCommand
{
    private readonly Option<string[]> _tasks = new("--tasks", "-t")
    {
        Description = "all, names of benchmarks (ArguAna, MedicalQARetrieval, NFCorpus, PublicHealthQA, TRECCOVID), BEIR folders, judged lists (JSONL), or files of pairs or triplets (each query among all passages of the file); several with commas or spaces between.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _data = new("--data", "-d") { Description = "Folder that holds the benchmarks' folders (nfcorpus, arguana, publichealthqa, medicalqa, trec-covid)." };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Folder of results, as MODEL/REVISION/TASK.json.",
        DefaultValueFactory = _ => "results",
    };

    private readonly Option<string> _split = new("--split")
    {
        Description = "Which judgments: the name of the qrels file.",
        DefaultValueFactory = _ => Benchmark.TestSplit,
    };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Evaluate again although a result of the same model, data and settings is there." };
    private readonly SystemOptions _system = new();
    private readonly RunScoring _run = new();
    private readonly BenchmarkDownloading _download = new();

    public EvaluateCommand()
    {
        Definition = new Command("evaluate", "Evaluate a model on benchmarks, with results as MTEB writes them; or score a run of any system (--run, --qrels).")
        {
            _tasks, _data, _download.Download, _output, _split, _overwrite,
        };
        _system.AddTo(Definition);
        _run.AddTo(Definition);
        Definition.Validators.Add(result =>
        {
            bool run = result.GetValue(_run.Run) is not null, tasks = result.GetResult(_tasks) is { Implicit: false };
            if (run == tasks)
                result.AddError("evaluate takes either --tasks (with a model) or --run and --qrels (a run of any system).");
            else if (run && result.GetValue(_download.Download))
                result.AddError("--download goes with --tasks.");
            else if (run != result.GetValue(_run.Qrels) is not null)
                result.AddError("--run and --qrels go together.");
        });
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed evaluate --tasks NFCorpus --data benchmarks",
        "medembed evaluate --tasks all --data benchmarks --download",
        "medembed evaluate --model ./my-model --tasks all --data benchmarks --no-prompt --output results",
        "medembed evaluate --system bm25 --tasks my-beir-folder --split dev",
        "medembed evaluate --vectors binary --rescore int8 --tasks NFCorpus --data benchmarks",
        "medembed evaluate --first-stage bm25 --rescore-depth 100 --tasks NFCorpus --data benchmarks",
        "medembed evaluate --run run.trec --qrels nfcorpus/qrels/test.tsv --json",
    ];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Get(_run.Run) is { } run)
            return await _run.ScoreAsync(invocation, run, invocation.Get(_run.Qrels)!, cancellationToken).ConfigureAwait(false);
        string split = invocation.Get(_split)!, output = invocation.Get(_output)!;
        if (output.Length == 0 || output == "-" || File.Exists(output))
            throw new UsageException($"--output must be a folder to keep results in, not \"{output}\".");
        await _download.RunAsync(invocation, invocation.Get(_tasks)!, invocation.Get(_data), cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RetrievalTask> tasks = TaskSelection.Resolve(invocation.Get(_tasks)!, invocation.Get(_data), split);
        (IRetrievalSystem system, IDisposable? encoder) = await _system.OpenAsync(invocation, cancellationToken).ConfigureAwait(false);
        using (encoder)
        {
            var results = new ResultFolder(output);
            List<ResultSummary> done = [];
            foreach (RetrievalTask task in tasks)
            {
                var evaluator = new TaskEvaluator(results, new EvaluationStages(invocation.Progress, task.Name), TimeProvider.System);
                EvaluatedTask evaluated = await evaluator.EvaluateAsync(task, split, system, invocation.Get(_overwrite), cancellationToken).ConfigureAwait(false);
                foreach (string remark in evaluated.Remarks)
                    invocation.Progress.Note($"{task.Name}: {remark}");
                if (evaluated.Summary.Kept)
                    invocation.Progress.Note($"{task.Name}: kept the result of the same model, data and settings; --overwrite evaluates again.");
                done.Add(evaluated.Summary);
            }

            Show(invocation, done);
        }

        return ExitCode.Done;
    }

    private static void Show(CommandInvocation invocation, List<ResultSummary> results)
    {
        if (invocation.Json)
        {
            invocation.Summarize(new { Results = results });
            return;
        }

        new ResultTable(invocation.Environment.Output).Write(results);
        foreach (ResultSummary result in results)
            invocation.Environment.Output.WriteLine(result.Path);
    }
}
