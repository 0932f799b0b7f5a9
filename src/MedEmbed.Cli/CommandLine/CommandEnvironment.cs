using MedEmbed.Cli.Progress;

namespace MedEmbed.Cli.CommandLine;

/// <summary>What a command touches of the outside world; tests give their own.</summary>
/// <param name="Output">Data alone.</param>
/// <param name="Error">Progress, logs and errors.</param>
/// <param name="OpenOutput">Standard output as bytes, for data in bulk.</param>
/// <param name="OpenInput">Standard input as bytes.</param>
/// <param name="Variable">An environment variable's value, or null.</param>
/// <param name="ErrorIsTerminal">Whether somebody watches standard error.</param>
internal sealed record CommandEnvironment(
    TextWriter Output,
    TextWriter Error,
    Func<Stream> OpenOutput,
    Func<Stream> OpenInput,
    Func<string, string?> Variable,
    bool ErrorIsTerminal)
{
    /// <summary>The process's own.</summary>
    public static CommandEnvironment OfProcess() => new(
        Console.Out,
        Console.Error,
        Console.OpenStandardOutput,
        Console.OpenStandardInput,
        Environment.GetEnvironmentVariable,
        !Console.IsErrorRedirected);

    /// <summary>How progress is shown.</summary>
    public IProgressDisplay Progress(bool quiet) =>
        quiet ? new NoProgress() : ErrorIsTerminal ? new TerminalProgress(Error) : new LineProgress(Error, TimeProvider.System);
}
