using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Encoding;

namespace MedEmbed.Cli.Options;

/// <summary>Options that choose the prompt before each text.</summary>
internal sealed class PromptOptions
{
    private Option<string?> Role { get; } = new Option<string?>("--role")
    {
        Description = "Whether the texts are queries or documents: picks the model's prompt of that name, else its default prompt, else none. Default: document.",
    }.AcceptOnlyFromAmong("query", "document");

    private Option<string?> Named { get; } = new("--prompt") { Description = "One of the model's prompts by name." };

    private Option<bool> None { get; } = new("--no-prompt") { Description = "No prompt, whatever the model has." };

    public void AddTo(Command command)
    {
        command.Options.Add(Role);
        command.Options.Add(Named);
        command.Options.Add(None);
        command.Validators.Add(result =>
        {
            int given = ((ReadOnlySpan<Option>)[Role, Named, None]).ToArray().Count(option => result.GetResult(option) is { Implicit: false });
            if (given > 1)
                result.AddError("--role, --prompt and --no-prompt exclude each other; give one.");
        });
    }

    public Prompt Of(CommandInvocation invocation)
    {
        if (invocation.Get(None))
            return Prompt.None;
        if (invocation.Get(Named) is { } name)
            return name.Length > 0 ? Prompt.Named(name) : throw new UsageException("--prompt needs a name.");
        return invocation.Get(Role) == "query" ? Prompt.Query : Prompt.Document;
    }
}
