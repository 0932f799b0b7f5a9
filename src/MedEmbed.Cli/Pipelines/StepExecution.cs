using System.Globalization;
using MedEmbed.Cli.CommandLine;

namespace MedEmbed.Cli.Pipelines;

/// <summary>Runs a step's command within this process: its summary is caught, its progress and errors go where the pipeline's go.</summary>
/// <param name="invocation">The pipeline's own.</param>
/// <param name="commands">Makes the commands for an outside world.</param>
internal sealed class StepExecution(CommandInvocation invocation, Func<CommandEnvironment, MedEmbedCommandLine> commands)
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code, and the summary where that is 0.</returns>
    public async Task<(int Code, StepSummary? Summary)> RunAsync(PipelineStep step, bool overwrite, CancellationToken cancellationToken)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        MedEmbedCommandLine commandLine = commands(invocation.Environment with { Output = output, OpenOutput = NoStream, OpenInput = NoStream });
        List<string> more = ["--json"];
        if (invocation.Quiet)
            more.Add("--quiet");
        if (overwrite && commandLine.OptionsOf(step.Command).Any(option => option.Name == "--overwrite"))
            more.Add("--overwrite");
        foreach (string path in step.Outputs)
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        int code = await commandLine.RunAsync(step.CommandLine([.. more]), cancellationToken).ConfigureAwait(false);

        // A model's weights and buffers are megabytes that only finalisers and the large object heap still hold; the next step needs the room.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return (code, code == ExitCode.Done ? StepSummary.Parse(output.ToString()) : null);
    }

    private static Stream NoStream() => throw new UsageException("A step of a pipeline has no standard input or output; name files.");
}
