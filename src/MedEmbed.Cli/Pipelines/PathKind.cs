namespace MedEmbed.Cli.Pipelines;

/// <summary>What a command does with the paths that an option names.</summary>
internal enum PathKind
{
    /// <summary>It reads a file or folder.</summary>
    Read,

    /// <summary>It writes a file or folder.</summary>
    Write,

    /// <summary>It keeps intermediate work there, which decides nothing of what is written.</summary>
    Keep,

    /// <summary>It reads a model: a folder, or a name that is no path; with a weight behind it (<c>=0.5</c>) or none.</summary>
    Model,

    /// <summary>It reads tasks: files or folders, or names that are no paths; several with commas between.</summary>
    Task,
}
