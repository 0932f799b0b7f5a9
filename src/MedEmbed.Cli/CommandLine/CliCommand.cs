using System.CommandLine;

namespace MedEmbed.Cli.CommandLine;

/// <summary>A command of <c>medembed</c>: its options and what it does.</summary>
internal abstract class CliCommand
{
    /// <summary>The command with its options and arguments.</summary>
    public abstract Command Definition { get; }

    /// <summary>Command lines shown by <c>--help</c>.</summary>
    public abstract string[] Examples { get; }

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken);
}
