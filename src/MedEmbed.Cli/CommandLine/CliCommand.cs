using System.CommandLine;

namespace MedEmbed.Cli.CommandLine;

/// <summary>A command of <c>medembed</c>: its options and what it does.</summary>
internal abstract class CliCommand
{
    /// <summary>The command with its options and arguments.</summary>
    public abstract Command Definition { get; }

    /// <summary>Command lines shown by <c>--help</c>.</summary>
    public abstract string[] Examples { get; }

    /// <summary>Finds what the parser does not know to be wrong with the values, without reading data or opening models: a pipeline asks this of all its steps before the first runs.</summary>
    /// <exception cref="UsageException">A value cannot be; the same that <see cref="RunAsync"/> would throw.</exception>
    /// <exception cref="FormatException">A file of settings, such as a recipe, breaks a rule.</exception>
    public virtual void Check(CommandInvocation invocation)
    {
    }

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken);
}
