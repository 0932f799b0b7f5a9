namespace MedEmbed.Cli.Pipelines;

/// <summary>A pipeline as its file has it.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Folder">Full path of its folder, from which paths in it begin.</param>
/// <param name="Work">Full path of the folder for its state.</param>
/// <param name="Steps">At least one.</param>
internal sealed record PipelineDefinition(string File, string Folder, string Work, IReadOnlyList<StepDefinition> Steps)
{
    /// <summary>Where the records of the steps are kept. Files are called as the pipeline's is, so that several may share a work folder.</summary>
    public string StateFile => OwnFile("state.json");

    /// <summary>Where hashes of files are kept.</summary>
    public string HashFile => OwnFile("hashes.json");

    /// <summary>Held by the one run that is at work.</summary>
    public string LockFile => OwnFile("lock");

    private string OwnFile(string kind) => Path.Combine(Work, $"{Path.GetFileNameWithoutExtension(File)}.{kind}");
}
