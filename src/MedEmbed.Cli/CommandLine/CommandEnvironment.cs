using System.Text;
using MedEmbed.Cli.Progress;

namespace MedEmbed.Cli.CommandLine;

/// <summary>What a command touches of the outside world; tests give their own.</summary>
/// <param name="Output">Data alone.</param>
/// <param name="Error">Progress, logs and errors; need not be safe for threads.</param>
/// <param name="OpenOutput">Standard output as bytes, for data in bulk.</param>
/// <param name="OpenInput">Standard input as bytes.</param>
/// <param name="Variable">An environment variable's value, or null.</param>
/// <param name="ErrorIsTerminal">Whether somebody watches standard error.</param>
/// <param name="InputIsTerminal">Whether standard input is somebody's keyboard.</param>
internal sealed record CommandEnvironment(
    TextWriter Output,
    TextWriter Error,
    Func<Stream> OpenOutput,
    Func<Stream> OpenInput,
    Func<string, string?> Variable,
    bool ErrorIsTerminal,
    bool InputIsTerminal = false)
{
    /// <summary>Progress, logs and errors, each line whole: threads that compute beside each other write here.</summary>
    public TextWriter Error { get; init => field = TextWriter.Synchronized(value); } = TextWriter.Synchronized(Error);

    /// <summary>The process's own.</summary>
    public static CommandEnvironment OfProcess() => new(
        OpenText(),
        Console.Error,
        PipedOutput.OpenStandardOutput,
        Console.OpenStandardInput,
        Environment.GetEnvironmentVariable,
        !Console.IsErrorRedirected,
        !Console.IsInputRedirected);

    /// <summary>How progress is shown.</summary>
    public IProgressDisplay Progress(bool quiet) =>
        quiet ? new NoProgress() : ErrorIsTerminal ? new TerminalProgress(Error) : new LineProgress(Error, TimeProvider.System);

    // Files and pipes get UTF-8 whatever the locale says, since they hold data; a terminal gets what it can show.
    private static TextWriter OpenText() =>
        Console.IsOutputRedirected ? new StreamWriter(PipedOutput.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true } : Console.Out;
}
