using MedEmbed.Cli.CommandLine;

namespace MedEmbed.Cli.Pipelines;

/// <summary>What must hold before the first step runs, so that no late step fails for what could be known now.</summary>
/// <param name="steps">All steps.</param>
/// <param name="chosen">Those that may run.</param>
internal sealed class RunConditions(IReadOnlyList<PipelineStep> steps, IReadOnlyList<PipelineStep> chosen)
{
    /// <summary>Requires that everything a chosen step reads is there, or is written by a chosen step before it.</summary>
    /// <exception cref="UsageException">Something is not; the message names step, key and remedy.</exception>
    public void RequireInputs(string file)
    {
        foreach (PipelineStep step in chosen)
        {
            foreach ((string label, string path) in step.Inputs.Where(input => !Path.Exists(input.Path)))
            {
                if (!Before(step, chosen).Any(earlier => earlier.MayWrite(path)))
                    throw new UsageException($"{file}: step \"{step.Name}\": \"{label}\" is {path}, which is not there{Remedy(step, path)}");
            }
        }
    }

    /// <summary>Requires that no chosen step would replace what the pipeline did not write.</summary>
    /// <exception cref="UsageException">One would.</exception>
    public void RequireOwnOutputs(PipelineState state)
    {
        foreach (PipelineStep step in chosen.Where(step => !step.Files.Shared))
        {
            if (step.Outputs.FirstOrDefault(output => IsThere(output) && !state.Knows(output)) is { } foreign)
                throw new UsageException($"{foreign}: is there, but not by this pipeline. Remove it, let step \"{step.Name}\" write elsewhere, or pass --overwrite, which runs all chosen steps and replaces what is there.");
        }
    }

    private string Remedy(PipelineStep step, string path)
    {
        if (Before(step, steps).FirstOrDefault(earlier => earlier.MayWrite(path)) is { } left)
            return $"; step \"{left.Name}\" writes it, and was not chosen: begin with it, or run it first.";
        if (steps.FirstOrDefault(later => later.Number > step.Number && later.MayWrite(path)) is { } late)
            return $" yet; step \"{late.Name}\" writes it, and stands below: change their order.";
        return ", and no step before writes it; mend the path.";
    }

    private static IEnumerable<PipelineStep> Before(PipelineStep step, IReadOnlyList<PipelineStep> among) => among.Where(other => other.Number < step.Number);

    private static bool IsThere(string path) => File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any());
}
