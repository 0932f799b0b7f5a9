using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Encoding;

namespace MedEmbed.Cli.Options;

/// <summary>Options that choose the prompt before each text.</summary>
internal sealed class PromptOptions
{
    private readonly Option<string?>? _role;
    private readonly Option<string?> _named = new("--prompt") { Description = "One of the model's prompts by name." };
    private readonly Option<bool> _none = new("--no-prompt") { Description = "No prompt, whatever the model has." };

    /// <summary>The options of a command whose texts may be queries or documents, or have one role by their nature.</summary>
    public PromptOptions(bool anyRole)
    {
        if (anyRole)
        {
            _role = new Option<string?>("--role")
            {
                Description = "Whether the texts are queries or documents: picks the model's prompt of that name, else its default prompt, else none. Default: document.",
            }.AcceptOnlyFromAmong("query", "document");
        }
    }

    private Option[] All => _role is null ? [_named, _none] : [_role, _named, _none];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (All.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
                result.AddError($"{string.Join(", ", All.Select(option => option.Name))} exclude each other; give one.");
        });
    }

    /// <summary>The prompt that is asked for, <paramref name="fallback"/> where none is.</summary>
    public Prompt Of(CommandInvocation invocation, Prompt fallback)
    {
        if (invocation.Get(_none))
            return Prompt.None;
        if (invocation.Get(_named) is { } name)
            return name.Length > 0 ? Prompt.Named(name) : throw new UsageException("--prompt needs a name.");
        return (_role is null ? null : invocation.Get(_role)) switch
        {
            "query" => Prompt.Query,
            "document" => Prompt.Document,
            _ => fallback,
        };
    }
}
