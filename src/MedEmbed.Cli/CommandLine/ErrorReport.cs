using MedEmbed.Data.Outputs;
using MedEmbed.Hub;

namespace MedEmbed.Cli.CommandLine;

/// <summary>Tells an error on standard error and gives the exit code that belongs to it.</summary>
internal static class ErrorReport
{
    public static int Write(Exception error, TextWriter destination)
    {
        if (error is AggregateException { InnerExceptions: [var single] })
            return Write(single, destination);
        if (error is OperationCanceledException)
        {
            destination.WriteLine("Cancelled. What was done is kept; the same command goes on from there.");
            return ExitCode.Cancelled;
        }

        destination.WriteLine($"error: {Text(error)}");
        return CodeOf(error);
    }

    /// <summary>Faults of usage and input are the caller's to mend (2); all else is a failure (1).</summary>
    private static int CodeOf(Exception error) => error switch
    {
        UsageException or FormatException or ArgumentException => ExitCode.Usage,
        FileNotFoundException or DirectoryNotFoundException or OutputExistsException => ExitCode.Usage,
        HubException { Failure: HubFailure.NotFound or HubFailure.Unsupported or HubFailure.Offline } => ExitCode.Usage,
        _ => ExitCode.Failed,
    };

    private static string Text(Exception error) => error switch
    {
        // The parameter's name means nothing on a command line.
        ArgumentException { ParamName: { } name } argument => argument.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        OutOfMemoryException => "memory is used up. Use a smaller --batch-tokens, or fewer --threads.",
        _ when IsExpected(error) => error.Message,
        _ => $"{error.GetType().Name}: {error.Message}{Environment.NewLine}{error.StackTrace}",
    };

    private static bool IsExpected(Exception error) =>
        error is UsageException or FormatException or IOException or UnauthorizedAccessException or NotSupportedException;
}
