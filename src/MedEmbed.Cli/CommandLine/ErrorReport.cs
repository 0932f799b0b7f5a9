using MedEmbed.Data.Outputs;
using MedEmbed.Hub;
using MedEmbed.Training.Libtorch;
using MedEmbed.Training.Runs;

namespace MedEmbed.Cli.CommandLine;

/// <summary>Tells an error on standard error and gives the exit code that belongs to it.</summary>
internal static class ErrorReport
{
    public static int Write(Exception error, TextWriter destination)
    {
        switch (error)
        {
            case AggregateException several:
                // Parallel work fails at several places at once, and for one reason.
                return Write(several.Flatten().InnerExceptions[0], destination);
            case OutputClosedException:
                return ExitCode.Done;
            case OperationCanceledException:
                destination.WriteLine("Cancelled.");
                return ExitCode.Cancelled;
            default:
                destination.WriteLine($"error: {Text(error)}");
                return CodeOf(error);
        }
    }

    /// <summary>Faults of usage and input are the caller's to mend (2); all else is a failure (1).</summary>
    private static int CodeOf(Exception error) => error switch
    {
        UsageException or FormatException or InvalidDataException or ArgumentException => ExitCode.Usage,
        FileNotFoundException or DirectoryNotFoundException or OutputExistsException => ExitCode.Usage,
        HubException { Failure: HubFailure.NotFound or HubFailure.Unsupported or HubFailure.Offline } => ExitCode.Usage,
        _ => ExitCode.Failed,
    };

    /// <summary>The error in words, with a stack trace where nobody foresaw it.</summary>
    public static string Text(Exception error) => error switch
    {
        ArgumentException argument => WithoutParameter(argument),
        OutOfMemoryException => "memory is used up. Use a smaller --batch-tokens, or fewer --threads.",
        _ when IsExpected(error) => error.Message,
        _ => $"{error.GetType().Name}: {error.Message}{Environment.NewLine}{error.StackTrace}",
    };

    // A parameter's name, and its value on a line of its own, mean nothing on a command line.
    private static string WithoutParameter(ArgumentException error)
    {
        string message = error.Message.Split('\n')[0].TrimEnd();
        return error.ParamName is { } name ? message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : message;
    }

    private static bool IsExpected(Exception error) =>
        error is UsageException or FormatException or InvalidDataException or LibtorchException or TrainingException or IOException or UnauthorizedAccessException or NotSupportedException;
}
