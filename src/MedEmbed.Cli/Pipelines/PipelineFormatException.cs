namespace MedEmbed.Cli.Pipelines;

/// <summary>A pipeline that cannot be followed; the message names the file, the step, the key, the rule and the remedy.</summary>
internal sealed class PipelineFormatException(string file, string problem, Exception? cause = null) : FormatException($"{file}: {problem}", cause);
