using System.CommandLine;
using System.CommandLine.Help;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Commands;

namespace MedEmbed.Cli;

/// <summary>The <c>medembed</c> command with all its subcommands.</summary>
internal sealed class MedEmbedCommandLine
{
    private readonly CommandEnvironment _environment;
    private readonly GlobalOptions _options = new();
    private readonly Command _root = new("medembed", "Medical text retrieval: embed texts, build indexes, search them.");
    private readonly Dictionary<Command, string[]> _examples = [];
    private readonly Dictionary<string, CliCommand> _commands = new(StringComparer.Ordinal);

    public MedEmbedCommandLine(CommandEnvironment environment)
    {
        _environment = environment;
        _root.Options.Add(_options.Json);
        _root.Options.Add(_options.Quiet);
        Add(_root, new EmbedCommand());
        Add(_root, new TokenizeCommand());
        Add(_root, new SearchCommand());
        Add(_root, new ExportCommand());
        Add(_root, new EvaluateCommand());
        Add(_root, new CompareCommand());
        Add(_root, new GenerateCommand());
        Add(_root, new MineCommand());
        Add(_root, new MergeCommand());
        Add(_root, new TrainCommand());
        Add(_root, new PipelineCommand(static environment => new MedEmbedCommandLine(environment) { HandlesSignals = false }));
        Add(_root, new DoctorCommand());
        var index = new Command("index", "Build, change and inspect indexes.");
        _root.Subcommands.Add(index);
        Add(index, new IndexBuildCommand());
        Add(index, new IndexAddCommand());
        Add(index, new IndexRemoveCommand());
        Add(index, new IndexInfoCommand());
        var model = new Command("model", "List, pull and inspect models.");
        _root.Subcommands.Add(model);
        Add(model, new ModelListCommand());
        Add(model, new ModelPullCommand());
        Add(model, new ModelInfoCommand());
        var help = new HelpOption { Recursive = true };
        help.Action = new ExamplesHelp((HelpAction)help.Action!, _examples);
        _root.Options.Add(help);
        _root.Options.Add(new VersionOption());
        _examples[_root] =
        [
            "medembed index build --corpus samples/medquad/corpus.jsonl --output my-index",
            "medembed search \"why do my joints hurt in the morning\" --index my-index",
        ];
    }

    /// <summary>Whether Ctrl-C and the system's request to end cancel the command; not so within another, which sees to that.</summary>
    public bool HandlesSignals { get; init; } = true;

    /// <summary>The names of all commands, such as <c>index build</c>.</summary>
    public IReadOnlyCollection<string> CommandNames => _commands.Keys;

    /// <summary>A command's own options.</summary>
    public IReadOnlyList<Option> OptionsOf(string command) => [.. _commands[command].Definition.Options];

    /// <summary>What is wrong with a command line, as far as can be told without running it; empty where nothing is.</summary>
    public IReadOnlyList<string> Check(string command, IReadOnlyList<string> arguments)
    {
        ParseResult result = _root.Parse(arguments);
        var errors = new UsageErrors(result);
        if (errors.Any)
            return [.. errors.Messages];
        try
        {
            _commands[command].Check(new CommandInvocation(result, _options, _environment));
            return [];
        }
        catch (Exception error) when (error is UsageException or FormatException or ArgumentException or IOException)
        {
            return [ErrorReport.Text(error)];
        }
    }

    /// <summary>Runs the command that <paramref name="arguments"/> name and gives its exit code.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        ParseResult result = _root.Parse(arguments);
        var errors = new UsageErrors(result);
        if (errors.Any && result.Action is not ExamplesHelp)
            return arguments.Count == 0 ? ShowHelpTo(_environment.Error) : errors.Write(_environment.Error);

        var configuration = new InvocationConfiguration
        {
            Output = _environment.Output,
            Error = _environment.Error,
            EnableDefaultExceptionHandler = false,

            // A batch in progress is finished and saved first, which may take a while.
            ProcessTerminationTimeout = HandlesSignals ? TimeSpan.FromMinutes(5) : null,
        };
        try
        {
            return await result.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not StackOverflowException)
        {
            return ErrorReport.Write(error, _environment.Error);
        }
    }

    private void Add(Command parent, CliCommand command)
    {
        Command definition = command.Definition;
        definition.SetAction((result, cancellationToken) => command.RunAsync(new CommandInvocation(result, _options, _environment), cancellationToken));
        parent.Subcommands.Add(definition);
        _commands[parent == _root ? definition.Name : $"{parent.Name} {definition.Name}"] = command;
        _examples[definition] = command.Examples;
    }

    /// <summary>Nothing was asked for, so that nothing belongs on standard output.</summary>
    private int ShowHelpTo(TextWriter destination)
    {
        _root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = destination, Error = destination });
        return ExitCode.Usage;
    }
}
