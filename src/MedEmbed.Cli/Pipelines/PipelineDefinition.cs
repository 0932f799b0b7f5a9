namespace MedEmbed.Cli.Pipelines;

/// <summary>A pipeline as its file has it.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Folder">Full path of its folder, from which paths in it begin.</param>
/// <param name="Work">Full path of the folder for its state.</param>
/// <param name="Steps">At least one.</param>
internal sealed record PipelineDefinition(string File, string Folder, string Work, IReadOnlyList<StepDefinition> Steps)
{
    /// <summary>A file of the pipeline's own in the work folder: <c>NAME.KIND.json</c>, so that pipelines may share one.</summary>
    public string OwnFile(string kind) => Path.Combine(Work, $"{Path.GetFileNameWithoutExtension(File)}.{kind}");
}
