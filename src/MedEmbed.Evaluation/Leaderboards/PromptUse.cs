namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>The prompts a score was measured with, as they are shown beside it.</summary>
/// <remarks>A model can gain ten points by its query prompt, so a score without its prompts cannot be read.</remarks>
/// <param name="Label">What is shown: the prompts themselves, <c>none</c>, <c>unknown</c>, or a publisher's description.</param>
public sealed record PromptUse(string Label)
{
    /// <summary>Neither query nor document had a prompt.</summary>
    public static PromptUse None { get; } = new("none");

    /// <summary>The file does not say.</summary>
    public static PromptUse Unknown { get; } = new("unknown");

    /// <summary>The prompts put before queries and documents; null or empty for none.</summary>
    public static PromptUse Of(string? query, string? document) =>
        (string.IsNullOrEmpty(query), string.IsNullOrEmpty(document)) switch
        {
            (true, true) => None,
            (false, true) => new($"query: “{query}”"),
            (true, false) => new($"document: “{document}”"),
            _ => new($"query: “{query}”, document: “{document}”"),
        };
}
