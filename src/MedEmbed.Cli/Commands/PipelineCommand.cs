using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Output;
using MedEmbed.Cli.Pipelines;
using MedEmbed.Cli.Progress;
using MedEmbed.Hub;

namespace MedEmbed.Cli.Commands;

/// <summary>A file of steps to all their outputs, each made again only where something it depends on has changed.</summary>
internal sealed class PipelineCommand : CliCommand
{
    private readonly Func<CommandEnvironment, MedEmbedCommandLine> _commands;
    private readonly Option<string> _config = new("--config", "-c") { Description = "The pipeline: JSON with paths, variables and steps (docs/pipeline.md).", Required = true };
    private readonly Option<string[]> _set = new("--set") { Description = "NAME=VALUE: another value for a path (from the current folder) or variable of the file. Several may be given.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _list = new("--list") { Description = "Show how the steps stand and why, and run nothing." };
    private readonly Option<string?> _from = new("--from") { Description = "Begin with this step." };
    private readonly Option<string?> _to = new("--to") { Description = "End with this step." };
    private readonly Option<string[]> _only = new("--only") { Description = "Run these steps alone.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Run the chosen steps although they are done, and replace outputs that this pipeline did not write." };

    /// <param name="commands">Makes the commands that steps run, for an outside world.</param>
    public PipelineCommand(Func<CommandEnvironment, MedEmbedCommandLine> commands)
    {
        _commands = commands;
        Definition = new Command("pipeline", "Run commands step by step from a file. What is done is kept; what has changed, and what depends on it, runs again; a stopped run goes on where it was.")
        {
            _config, _set, _list, _from, _to, _only, _overwrite,
        };
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed pipeline --config recipes/first-pipeline/pipeline.json",
        "medembed pipeline --config pipeline.json --list",
        "medembed pipeline --config pipeline.json --set work=/tmp/try --set steps=50 --to train",
        "medembed pipeline --config pipeline.json --only mine --overwrite",
    ];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        PipelineDefinition pipeline = PipelineReader.Read(invocation.Require(_config), Given(invocation.Get(_set) ?? []));
        IReadOnlyList<PipelineStep> steps = Bind(invocation, pipeline);
        IReadOnlyList<PipelineStep> chosen = new StepSelection(invocation.Get(_from), invocation.Get(_to), invocation.Get(_only) ?? []).Choose(steps);
        var run = new PipelineRun(pipeline, steps, chosen);
        if (invocation.Get(_list))
        {
            ShowList(invocation, pipeline, await run.ListAsync(cancellationToken).ConfigureAwait(false));
            return ExitCode.Done;
        }

        (int code, IReadOnlyList<StepOutcome> outcomes) = await run.RunAsync(invocation, new StepExecution(invocation, _commands), invocation.Get(_overwrite), cancellationToken).ConfigureAwait(false);
        if (code == ExitCode.Done)
            ShowOutcomes(invocation, pipeline, outcomes);
        return code;
    }

    private IReadOnlyList<PipelineStep> Bind(CommandInvocation invocation, PipelineDefinition pipeline)
    {
        using var hub = new HubClient(HubOptions.FromEnvironment(invocation.Environment.Variable));
        var resolver = new ModelResolver(ModelCatalog.FromEnvironment(invocation.Environment.Variable), hub);

        // A model of the hub is known by its name alone: whether the cache has it yet does not change what a step gives.
        string? Find(string name) => resolver.FindLocal(name) is { Source: not ModelSource.Cached } found ? found.Folder : null;
        return new StepBinder(pipeline, _commands(invocation.Environment), Find).BindAll();
    }

    private static Dictionary<string, string> Given(string[] settings)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == setting.Length - 1)
                throw new UsageException($"--set must be NAME=VALUE, not \"{setting}\".");
            if (!given.TryAdd(setting[..equals], setting[(equals + 1)..]))
                throw new UsageException($"--set gives \"{setting[..equals]}\" twice; give it once.");
        }

        return given;
    }

    private static void ShowList(CommandInvocation invocation, PipelineDefinition pipeline, IReadOnlyList<(PipelineStep Step, StepAssessment Assessment)> list)
    {
        if (invocation.Json)
        {
            invocation.Summarize(new
            {
                Config = pipeline.File,
                pipeline.Work,
                Steps = list.Select(item => new { item.Step.Name, item.Step.Command, Status = StatusName(item.Assessment.Status).Replace(' ', '_'), item.Assessment.Reason, item.Step.Outputs }),
            });
            return;
        }

        new StepTable(invocation.Environment.Output).Write(
            [["step", "command", "state", "why"], .. list.Select(item => (string[])[item.Step.Name, item.Step.Command, StatusName(item.Assessment.Status), item.Assessment.Reason])]);
    }

    private static void ShowOutcomes(CommandInvocation invocation, PipelineDefinition pipeline, IReadOnlyList<StepOutcome> outcomes)
    {
        if (invocation.Json)
        {
            invocation.Summarize(new
            {
                Config = pipeline.File,
                pipeline.Work,
                Steps = outcomes.Select(outcome => new
                {
                    outcome.Step.Name,
                    outcome.Step.Command,
                    Status = outcome.Kept ? "kept" : "ran",
                    outcome.Reason,
                    outcome.Seconds,
                    outcome.Step.Outputs,
                    Summary = outcome.Summary?.Json,
                }),
            });
            return;
        }

        new StepTable(invocation.Environment.Output).Write(
        [
            ["step", "command", "", "time", "result"],
            .. outcomes.Select(outcome => (string[])[outcome.Step.Name, outcome.Step.Command, outcome.Kept ? "kept" : "ran", ProgressText.Duration(TimeSpan.FromSeconds(outcome.Seconds)), outcome.Summary?.Line() ?? ""]),
        ]);
        invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{pipeline.Work}: {outcomes.Count(outcome => !outcome.Kept)} of {outcomes.Count} steps ran, the others were done before."));
    }

    private static string StatusName(StepStatus status) => status switch
    {
        StepStatus.Done => "done",
        StepStatus.ToDo => "to do",
        _ => "changed",
    };
}
