namespace MedEmbed.Cli.Pipelines;

/// <summary>A file or folder that a step reads.</summary>
/// <param name="Label">Where it is named, such as <c>data[0].path</c>.</param>
/// <param name="Path">Its full path; it may not be there yet.</param>
internal sealed record StepInput(string Label, string Path);
