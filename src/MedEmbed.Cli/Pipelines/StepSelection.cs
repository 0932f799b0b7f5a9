using MedEmbed.Cli.CommandLine;

namespace MedEmbed.Cli.Pipelines;

/// <summary>Which steps a run may take.</summary>
/// <param name="From">The first; null: the pipeline's.</param>
/// <param name="To">The last; null: the pipeline's.</param>
/// <param name="Only">These alone; none: all from the first to the last.</param>
internal sealed record StepSelection(string? From, string? To, IReadOnlyList<string> Only)
{
    /// <summary>The chosen of <paramref name="steps"/>, in their order.</summary>
    /// <exception cref="UsageException">A name is no step's, or the last stands before the first.</exception>
    public IReadOnlyList<PipelineStep> Choose(IReadOnlyList<PipelineStep> steps)
    {
        if (Only.Count > 0)
        {
            if (From is not null || To is not null)
                throw new UsageException("--only goes without --from and --to.");
            int[] numbers = [.. Only.Select(name => Find("--only", name, steps))];
            return [.. steps.Where(step => numbers.Contains(step.Number))];
        }

        int first = From is null ? 1 : Find("--from", From, steps), last = To is null ? steps.Count : Find("--to", To, steps);
        if (last < first)
            throw new UsageException($"--to \"{To}\" is step {last}, before --from \"{From}\", step {first}.");
        return [.. steps.Where(step => step.Number >= first && step.Number <= last)];
    }

    private static int Find(string option, string name, IReadOnlyList<PipelineStep> steps) =>
        steps.FirstOrDefault(step => step.Name == name)?.Number
        ?? throw new UsageException($"{option}: there is no step \"{name}\". {Choices.Of(name, steps.Select(step => step.Name))}");
}
