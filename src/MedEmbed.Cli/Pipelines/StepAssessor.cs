namespace MedEmbed.Cli.Pipelines;

/// <summary>Compares a step with its record: options, content of inputs, content of outputs.</summary>
/// <param name="state">The records.</param>
/// <param name="hashes">Hashes of files.</param>
/// <param name="ownFiles">The pipeline's own files, which no step reads although they may lie in a folder that one does.</param>
internal sealed class StepAssessor(PipelineState state, FileHashes hashes, IReadOnlyList<string> ownFiles)
{
    /// <summary>How <paramref name="step"/> stands now.</summary>
    public async Task<StepAssessment> AssessAsync(PipelineStep step, CancellationToken cancellationToken)
    {
        var inputs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string? missing = null;
        foreach ((string label, string path) in step.Inputs)
        {
            if (await hashes.OfAsync(path, [.. step.Outputs, .. step.Kept, .. ownFiles], cancellationToken).ConfigureAwait(false) is { } hash)
                inputs[inputs.ContainsKey(label) ? $"{label} {Path.GetFileName(path)}" : label] = hash;
            else
                missing ??= path;
        }

        if (missing is not null)
            return new StepAssessment(StepStatus.ToDo, $"{missing} is not there yet", inputs);
        if (state.Of(step) is not { } record)
            return new StepAssessment(StepStatus.ToDo, "has not run", inputs);
        string? changed = record.Command != step.Command ? $"was {record.Command}" : Difference(record.Settings, step.Settings) ?? InputDifference(record.Inputs, inputs, step);
        if (changed is not null)
            return new StepAssessment(StepStatus.Changed, changed, inputs);
        if (!record.Finished)
            return new StepAssessment(StepStatus.ToDo, "was stopped", inputs);
        return await OutputDifferenceAsync(record, step, cancellationToken).ConfigureAwait(false) is { } lost
            ? new StepAssessment(StepStatus.Changed, lost, inputs)
            : new StepAssessment(StepStatus.Done, "", inputs);
    }

    /// <summary>The hashes of the files of a step that has run.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OutputsAsync(PipelineStep step, StepSummary? summary, CancellationToken cancellationToken)
    {
        var outputs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in step.OutputFiles(summary))
            outputs[state.Short(file)] = await hashes.OfAsync(file, [], cancellationToken).ConfigureAwait(false) ?? throw new FileNotFoundException($"{file}: was written, and is gone.", file);
        return outputs;
    }

    private static string? Difference(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        foreach ((string key, string value) in now)
        {
            if (!before.TryGetValue(key, out string? earlier))
                return $"{key} is given now";
            if (earlier != value)
                return $"{key} is {value}, was {earlier}";
        }

        return before.Keys.FirstOrDefault(key => !now.ContainsKey(key)) is { } gone ? $"{gone} is no longer given" : null;
    }

    private static string? InputDifference(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now, PipelineStep step)
    {
        string? label = now.Keys.FirstOrDefault(key => before.GetValueOrDefault(key) != now[key]) ?? before.Keys.FirstOrDefault(key => !now.ContainsKey(key));
        return label is null ? null : $"{step.Inputs.FirstOrDefault(input => input.Label == label)?.Path ?? label} has changed";
    }

    private async Task<string?> OutputDifferenceAsync(StepRecord record, PipelineStep step, CancellationToken cancellationToken)
    {
        if (!record.Writes.SequenceEqual(step.Outputs.Select(state.Short)))
            return $"writes {string.Join(", ", step.Outputs.Select(state.Short))}, wrote {string.Join(", ", record.Writes)}";
        foreach ((string file, string hash) in record.Outputs)
        {
            string? now = await hashes.OfAsync(state.Full(file), [], cancellationToken).ConfigureAwait(false);
            if (now != hash)
                return now is null ? $"{file} is gone" : $"{file} is not what the step wrote";
        }

        return null;
    }
}
