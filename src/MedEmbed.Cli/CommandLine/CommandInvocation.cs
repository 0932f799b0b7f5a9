using System.CommandLine;
using System.Text.Json;
using MedEmbed.Cli.Progress;

namespace MedEmbed.Cli.CommandLine;

/// <summary>One run of a command: its arguments, the outside world, and how results and progress are shown.</summary>
internal sealed class CommandInvocation(ParseResult arguments, GlobalOptions options, CommandEnvironment environment)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public CommandEnvironment Environment => environment;

    /// <summary>Whether one JSON object is wanted on standard output.</summary>
    public bool Json { get; } = arguments.GetValue(options.Json);

    /// <summary>Whether nothing but errors is wanted on standard error.</summary>
    public bool Quiet { get; } = arguments.GetValue(options.Quiet);

    public IProgressDisplay Progress { get; } = environment.Progress(arguments.GetValue(options.Quiet));

    public T? Get<T>(Option<T> option) => arguments.GetValue(option);

    public T? Get<T>(Argument<T> argument) => arguments.GetValue(argument);

    /// <summary>Whether the option stands on the command line, rather than having its default.</summary>
    public bool Has(Option option) => arguments.GetResult(option) is { Implicit: false };

    /// <summary>The value of an option that System.CommandLine has already demanded.</summary>
    public T Require<T>(Option<T> option) => arguments.GetRequiredValue(option);

    /// <summary>Requires that standard output is not asked for twice, by <c>--json</c> and as the place of <paramref name="output"/>.</summary>
    public void RequireOneOutput(string output, string option)
    {
        if (Json && output == "-")
            throw new UsageException($"--json and {option} on standard output exclude each other; give {option} a file.");
    }

    /// <summary>Writes a summary as JSON where that is wanted, else as the lines of <paramref name="text"/>.</summary>
    public void Summarize<T>(T summary, params ReadOnlySpan<string> text)
    {
        if (Json)
        {
            environment.Output.WriteLine(JsonSerializer.Serialize(summary, Indented));
            return;
        }

        foreach (string line in text)
            environment.Output.WriteLine(line);
    }
}
