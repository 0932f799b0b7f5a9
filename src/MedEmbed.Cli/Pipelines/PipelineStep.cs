namespace MedEmbed.Cli.Pipelines;

/// <summary>A step that can run: its command line, and what decides whether it must.</summary>
internal sealed record PipelineStep
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>A name that no other step has.</summary>
    public required string Name { get; init; }

    /// <summary>The command.</summary>
    public required string Command { get; init; }

    /// <summary>What the command does with files.</summary>
    public required CommandFiles Files { get; init; }

    /// <summary>The options as they stand on the command line, paths full.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>The arguments likewise.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Every option and argument as JSON, paths by their last part alone: a pipeline may move with its data.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Files and folders that are read.</summary>
    public required IReadOnlyList<StepInput> Inputs { get; init; }

    /// <summary>Full paths of the files and folders that are written.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Full paths that the command keeps its own work at.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>The whole command line, with <paramref name="more"/> options.</summary>
    public string[] CommandLine(params ReadOnlySpan<string> more) =>
        [.. Command.Split(' '), .. Options, .. more, .. Arguments.Count > 0 ? (string[])["--", .. Arguments] : []];

    /// <summary>Whether what is at <paramref name="path"/> may be, or hold, or belong to an output of this step.</summary>
    public bool MayWrite(string path) => Outputs.Any(output =>
        PathOrder.IsWithin(path, output) || PathOrder.IsWithin(output, path) || Files.Beside(output).Any(beside => PathOrder.IsWithin(path, beside)));

    /// <summary>The files of finished outputs, each with its full path.</summary>
    /// <param name="summary">What the command told; it names the files where the folder is shared.</param>
    public IReadOnlyList<string> OutputFiles(StepSummary? summary) => Files.Shared
        ? summary?.ResultFiles ?? []
        : [.. Outputs.SelectMany(output => (string[])[output, .. Files.Beside(output)]).SelectMany(FilesAt)];

    private static IEnumerable<string> FilesAt(string path) =>
        File.Exists(path) ? [path] : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];
}
