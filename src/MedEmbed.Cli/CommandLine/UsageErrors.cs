using System.CommandLine;
using System.CommandLine.Parsing;

namespace MedEmbed.Cli.CommandLine;

/// <summary>What is wrong with a command line, what may have been meant, and where help is.</summary>
internal sealed class UsageErrors
{
    private readonly ParseResult _result;
    private readonly string[] _unknownOptions;

    public UsageErrors(ParseResult result)
    {
        _result = result;
        _unknownOptions = [.. TakenForArguments(result)];
    }

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _result.Errors.Count > 0 || _unknownOptions.Length > 0;

    /// <summary>All of it, an error a text.</summary>
    public IEnumerable<string> Messages =>
    [
        .. _unknownOptions.Select(option => $"There is no option {option}.{Suggestion(option)}"),
        .. _result.Errors.Select(error => error.Message).Distinct().Select(WithSuggestion),
    ];

    /// <summary>Writes all of it.</summary>
    /// <returns>The exit code.</returns>
    public int Write(TextWriter destination)
    {
        foreach (string message in Messages)
            destination.WriteLine($"error: {message}");
        destination.WriteLine($"Run \"{PathOf(_result)} --help\" for options and examples.");
        return ExitCode.Usage;
    }

    /// <summary>Misspelt options that the parser took for a file or a query; one that is really meant stands behind <c>--</c>.</summary>
    private static IEnumerable<string> TakenForArguments(ParseResult result)
    {
        int escaped = result.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Count();
        var meant = result.Tokens.TakeLast(escaped).Select(token => token.Value).ToHashSet(StringComparer.Ordinal);
        return result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Where(value => value.Length > 2 && value.StartsWith("--", StringComparison.Ordinal) && !value.Contains(' ', StringComparison.Ordinal) && !meant.Contains(value));
    }

    private string WithSuggestion(string message)
    {
        string? word = _result.UnmatchedTokens.FirstOrDefault(token => message.Contains($"'{token}'", StringComparison.Ordinal));
        return word is null ? message : message + Suggestion(word);
    }

    private string Suggestion(string word)
    {
        bool isOption = word.StartsWith('-');
        IEnumerable<Command> commands = CommandsOf(_result).Select(part => part.Command);
        IEnumerable<string> known = isOption
            ? commands.SelectMany(command => command.Options).Select(option => option.Name)
            : _result.CommandResult.Command.Subcommands.Select(command => command.Name);
        return Spelling.Nearest(word, known) is { } meant ? $" Did you mean {meant}?" : "";
    }

    private static string PathOf(ParseResult result) =>
        string.Join(' ', CommandsOf(result).Reverse().Select(part => part.Parent is null ? "medembed" : part.Command.Name));

    /// <summary>The command and those above it.</summary>
    private static IEnumerable<CommandResult> CommandsOf(ParseResult result)
    {
        for (CommandResult? part = result.CommandResult; part is not null; part = part.Parent as CommandResult)
            yield return part;
    }
}
