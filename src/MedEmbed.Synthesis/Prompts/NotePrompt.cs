using System.Globalization;
using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Prompts;

/// <summary>The requests about one part of a note.</summary>
internal sealed class NotePrompt(PromptSet prompts, QueryMix mix)
{
    // What was wrong stands at the beginning or the end; a long answer is not sent back whole.
    private const int LongestQuotedAnswer = 2000;

    /// <summary>The first request.</summary>
    public IReadOnlyList<CompletionMessage> Ask(NotePart part) =>
    [
        new("system", prompts.Fill("system.md")),
        new("user", prompts.Fill(
            "note.md",
            ("note", part.Text),
            ("title", part.Note.Title ?? ""),
            ("queries", string.Join('\n', mix.Counts.Select(entry => string.Create(CultureInfo.InvariantCulture, $"- {entry.Count} of type {entry.Type}: {prompts.Fill($"queries/{entry.Type}.md")}")))),
            ("types", string.Join(", ", mix.Counts.Select(static entry => entry.Type))),
            ("count", mix.Total.ToString(CultureInfo.InvariantCulture)))),
    ];

    /// <summary>The request after an answer that could not be used: it says what was wrong.</summary>
    public IReadOnlyList<CompletionMessage> AskAgain(IReadOnlyList<CompletionMessage> first, string answer, string problem)
    {
        string quoted = answer.Length <= LongestQuotedAnswer ? answer : string.Concat(answer.AsSpan(0, LongestQuotedAnswer / 2), " … ", answer.AsSpan(answer.Length - LongestQuotedAnswer / 2));
        CompletionMessage again = new("user", prompts.Fill("repair.md", ("problem", problem)));

        // An empty message of the assistant is refused by some endpoints.
        return quoted.Length == 0 ? [first[0], new("user", $"{first[1].Text}\n\n{again.Text}")] : [.. first, new("assistant", quoted), again];
    }
}
