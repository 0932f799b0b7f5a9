using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace MedEmbed.Cli.CommandLine;

/// <summary>Tells what is wrong with a command line, what may have been meant, and where help is.</summary>
internal static class UsageErrors
{
    public static int Write(ParseResult result, TextWriter destination)
    {
        foreach (string message in result.Errors.Select(error => error.Message).Distinct())
            destination.WriteLine($"error: {message}");
        if (Suggestions(result) is { Length: > 0 } suggestions)
            destination.WriteLine(suggestions);
        destination.WriteLine($"Run \"{PathOf(result)} --help\" for options and examples.");
        return ExitCode.Usage;
    }

    /// <summary>The parser's own corrections of typing errors, which it writes together with an error text that is not wanted here.</summary>
    private static string Suggestions(ParseResult result)
    {
        if (result.Action is not ParseErrorAction { } action)
            return "";
        using var suggestions = new StringWriter();
        action.ShowHelp = false;
        result.Invoke(new InvocationConfiguration { Output = suggestions, Error = TextWriter.Null });
        string[] lines = suggestions.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join(' ', lines);
    }

    private static string PathOf(ParseResult result)
    {
        var names = new List<string>();
        for (CommandResult? part = result.CommandResult; part is not null; part = part.Parent as CommandResult)
            names.Insert(0, part.Parent is null ? "medembed" : part.Command.Name);
        return string.Join(' ', names);
    }
}
