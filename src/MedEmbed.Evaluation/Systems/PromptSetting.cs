using MedEmbed.Encoding;
using MedEmbed.Models;

namespace MedEmbed.Evaluation.Systems;

/// <summary>Which of a model's prompts an evaluation uses.</summary>
/// <param name="Query">Before queries.</param>
/// <param name="Document">Before documents.</param>
public readonly record struct PromptSetting(Prompt Query, Prompt Document)
{
    /// <summary>The model's own: its query prompt before queries, its document prompt before documents.</summary>
    public static PromptSetting Own { get; } = new(Prompt.Query, Prompt.Document);

    /// <summary>None at all.</summary>
    public static PromptSetting None { get; } = new(Prompt.None, Prompt.None);

    /// <summary>The model's prompt of that name before queries, its own before documents.</summary>
    public static PromptSetting Named(string name) => new(Prompt.Named(name), Prompt.Document);

    /// <summary>What stands behind the model's name in results: nothing where the texts are the same as with the model's own setting.</summary>
    /// <exception cref="ArgumentException">The model lacks the named prompt.</exception>
    public string SuffixFor(ModelPrompts prompts)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        bool same = prompts.TextOf(Query) == prompts.TextOf(Own.Query) && prompts.TextOf(Document) == prompts.TextOf(Own.Document);
        return same ? "" : Query.Kind == PromptKind.None ? "+no-prompt" : $"+prompt-{Query.Name}";
    }
}
