namespace MedEmbed.Cli.Pipelines;

/// <summary>How a step stands.</summary>
internal enum StepStatus
{
    /// <summary>It has run with the same options and inputs, and its output is there.</summary>
    Done,

    /// <summary>It has not run, or not to its end.</summary>
    ToDo,

    /// <summary>Options, inputs or output are others than when it ran.</summary>
    Changed,
}
