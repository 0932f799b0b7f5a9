using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Cli.Progress;
using MedEmbed.Models;
using MedEmbed.Training.Recipes;
using MedEmbed.Training.Runs;

namespace MedEmbed.Cli.Commands;

/// <summary>Training data and a base model to a model folder.</summary>
internal sealed class TrainCommand : CliCommand
{
    private readonly Option<string?> _config = new("--config", "-c") { Description = "Recipe, JSON; every key of it has an option of its name, which stands above it." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Demand that there is an unfinished run to continue. Without it one is continued where it is there." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished model folder, or an unfinished run of another recipe." };
    private readonly RecipeOptions _recipe = new();

    public TrainCommand()
    {
        Definition = new Command("train", "Fine-tune a model on triplets, pairs, a BEIR folder or judged lists; the result is a complete model folder.") { _config, _resume, _overwrite };
        _recipe.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed train --data triplets.jsonl --output my-model",
        "medembed train --data triplets.jsonl pairs.jsonl --model bge-small-en-v1.5 --steps 500 --learning-rate 2e-5 --output my-model",
        "medembed train --config recipe.json --resume",
        "medembed train --data '{\"path\": \"triplets.jsonl\", \"negatives\": 7, \"prompt_share\": 0.5}' --development dev-folder --output my-model",
        "medembed train --data triplets.jsonl --benchmarks benchmarks --drop-contaminated --weights f16 --output my-model",
    ];

    public override void Check(CommandInvocation invocation) => _ = RecipeOf(invocation);

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        TrainingRecipe recipe = RecipeOf(invocation);
        TrainingOutcome outcome = await invocation.Progress.RunAsync("training", progress => TrainingRun.RunAsync(
            recipe,
            new TrainingRunOptions
            {
                FindModel = async (name, token) => ModelFolder.Open((await ModelChoice.LocateAsync(invocation, name, token).ConfigureAwait(false)).Folder),
                Resume = invocation.Get(_resume),
                Overwrite = invocation.Get(_overwrite),
                Progress = new StepProgress(progress),
                Notes = new Notes(invocation.Progress),
            },
            cancellationToken)).ConfigureAwait(false);
        invocation.Summarize(
            outcome,
            Text($"{outcome.Steps} steps, {outcome.Tokens:N0} tokens in {ProgressText.Duration(TimeSpan.FromSeconds(outcome.Seconds))}, loss {outcome.Loss:F4}"),
            outcome.Score is { } score ? Text($"development nDCG@10 {outcome.BaseScore:F4} before, {score:F4} after step {outcome.BestStep}") : "no development data: the weights are those of the last step",
            outcome.Folder);
        return ExitCode.Done;
    }

    private TrainingRecipe RecipeOf(CommandInvocation invocation) => RecipeReader.Read(invocation.Get(_config), _recipe.Given(invocation));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class StepProgress(IProgress<WorkProgress> display) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            string score = value.Score is { } look ? Text($", development {look:F4}") : "";
            display.Report(new WorkProgress(value.Step, value.Steps, "steps", Text($"loss {value.Loss:F4}, learning rate {value.LearningRate:E1}, {value.TokensPerSecond:N0} tokens/s{score}")) { TimeLeft = value.TimeLeft });
        }
    }

    /// <summary>At once and in order, which <see cref="Progress{T}"/> does not promise.</summary>
    private sealed class Notes(IProgressDisplay display) : IProgress<string>
    {
        public void Report(string value) => display.Note(value);
    }
}
