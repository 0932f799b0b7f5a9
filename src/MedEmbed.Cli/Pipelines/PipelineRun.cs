using MedEmbed.Cli.CommandLine;

namespace MedEmbed.Cli.Pipelines;

/// <summary>Runs those of the chosen steps that are not done, and records each.</summary>
internal sealed class PipelineRun
{
    private readonly PipelineDefinition _pipeline;
    private readonly IReadOnlyList<PipelineStep> _steps;
    private readonly IReadOnlyList<PipelineStep> _chosen;
    private readonly PipelineState _state;
    private readonly FileHashes _hashes;
    private readonly StepAssessor _assessor;

    /// <summary>Reads the pipeline's state.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="chosen">Those that may run.</param>
    /// <exception cref="PipelineFormatException">The state is damaged.</exception>
    public PipelineRun(PipelineDefinition pipeline, IReadOnlyList<PipelineStep> steps, IReadOnlyList<PipelineStep> chosen)
    {
        (_pipeline, _steps, _chosen) = (pipeline, steps, chosen);
        _state = PipelineState.Open(pipeline);
        _hashes = FileHashes.Open(pipeline.HashFile);
        _assessor = new StepAssessor(_state, _hashes, [pipeline.StateFile, pipeline.HashFile, pipeline.LockFile]);
    }

    /// <summary>How every chosen step stands, those included that must run because a step before them must.</summary>
    public async Task<IReadOnlyList<(PipelineStep Step, StepAssessment Assessment)>> ListAsync(CancellationToken cancellationToken)
    {
        List<(PipelineStep Step, StepAssessment Assessment)> list = [];
        foreach (PipelineStep step in _chosen)
        {
            StepAssessment assessment = await _assessor.AssessAsync(step, cancellationToken).ConfigureAwait(false);
            PipelineStep? source = list.Where(earlier => earlier.Assessment.Status != StepStatus.Done).Select(earlier => earlier.Step)
                .FirstOrDefault(earlier => step.Inputs.Any(input => earlier.MayWrite(input.Path)));
            if (source is not null && assessment.Status != StepStatus.Changed)
                assessment = assessment with { Status = StepStatus.ToDo, Reason = $"reads what \"{source.Name}\" writes" };
            list.Add((step, assessment));
        }

        return list;
    }

    /// <summary>Runs what is to be run.</summary>
    /// <param name="invocation">The pipeline's own.</param>
    /// <param name="execution">Runs a step.</param>
    /// <param name="overwrite">Whether steps that are done run again, and outputs that are not the pipeline's are replaced.</param>
    /// <param name="cancellationToken">Stops the step at hand.</param>
    /// <returns>The exit code of the last step that ran, and what became of each.</returns>
    /// <exception cref="UsageException">A step could not run, or would replace what is not the pipeline's.</exception>
    /// <exception cref="IOException">Another process runs the same pipeline, or the work folder cannot be written.</exception>
    public async Task<(int Code, IReadOnlyList<StepOutcome> Outcomes)> RunAsync(CommandInvocation invocation, StepExecution execution, bool overwrite, CancellationToken cancellationToken)
    {
        var conditions = new RunConditions(_steps, _chosen);
        conditions.RequireInputs(_pipeline.File);
        if (!overwrite)
            conditions.RequireOwnOutputs(_state);
        Directory.CreateDirectory(_pipeline.Work);
        using FileStream alone = Lock();
        List<StepOutcome> outcomes = [];
        int code = ExitCode.Done;
        foreach (PipelineStep step in _chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            StepAssessment assessment = await _assessor.AssessAsync(step, cancellationToken).ConfigureAwait(false);
            if (assessment.Status == StepStatus.Done && !overwrite)
            {
                outcomes.Add(Kept(step, _state.Of(step)!));
                invocation.Progress.Note($"{Heading(step)}  done before");
                continue;
            }

            string reason = assessment.Status == StepStatus.Done ? "asked for again" : assessment.Reason;
            invocation.Progress.Note($"{Heading(step)}  {reason}");
            code = await RunStepAsync(invocation, execution, step, assessment, overwrite, reason, outcomes, cancellationToken).ConfigureAwait(false);
            if (code != ExitCode.Done)
                break;
        }

        _hashes.Save();
        return (code, outcomes);
    }

    private async Task<int> RunStepAsync(
        CommandInvocation invocation, StepExecution execution, PipelineStep step, StepAssessment assessment, bool overwrite, string reason, List<StepOutcome> outcomes, CancellationToken cancellationToken)
    {
        // What is there was written for other options or inputs, or is what a kill left of this run, which the command itself tells apart.
        bool replace = overwrite || (_state.Of(step) is not null && !step.Files.Shared);
        var begun = new StepRecord(step.Name, step.Command, false, step.Settings, assessment.Inputs, [.. step.Outputs.Select(_state.Short)], new Dictionary<string, string>(), 0, null);
        _state.Set(step, begun);
        long start = TimeProvider.System.GetTimestamp();
        (int code, StepSummary? summary) = await execution.RunAsync(step, replace, cancellationToken).ConfigureAwait(false);
        double seconds = Math.Round(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 3);
        if (code == ExitCode.Cancelled)
        {
            invocation.Progress.Note($"{Heading(step)} was stopped; the same command goes on from there.");
        }
        else if (code != ExitCode.Done)
        {
            invocation.Environment.Error.WriteLine($"error: {Heading(step)} ended with exit code {code}, for the reason above. Mend it and give the same command again: steps that are done are not repeated.");
        }
        else
        {
            // The step is done; a Ctrl-C that comes now stops the next one.
            _state.Set(step, begun with { Finished = true, Outputs = await _assessor.OutputsAsync(step, summary, CancellationToken.None).ConfigureAwait(false), Seconds = seconds, Summary = summary?.Json });
            outcomes.Add(new StepOutcome(step, false, reason, seconds, summary));
        }

        return code;
    }

    private static StepOutcome Kept(PipelineStep step, StepRecord record) => new(step, true, "", record.Seconds, record.Summary is { } summary ? new StepSummary(summary) : null);

    private string Heading(PipelineStep step) => FormattableString.Invariant($"step {step.Number} of {_steps.Count}: {step.Command} \"{step.Name}\"");

    /// <summary>The lock between processes, which ends with the process, however that ends.</summary>
    private FileStream Lock()
    {
        string path = _pipeline.LockFile;
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException error)
        {
            throw new IOException($"{path}: another run of this pipeline is at work ({error.Message}).", error);
        }
    }
}
