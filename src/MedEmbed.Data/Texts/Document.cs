using System.Text.Json;

namespace MedEmbed.Data.Texts;

/// <summary>A text with its id: a passage of a corpus, a query, or a line to embed.</summary>
/// <param name="Id">Unique in its file; the line's number from 0 where the file gives none.</param>
/// <param name="Title">The title; null where there is none.</param>
/// <param name="Text">The text, as it stands in the file; may be empty.</param>
/// <param name="Metadata">The JSON object of the field <c>metadata</c>; null where there is none. Safe to keep and to read from several threads.</param>
public sealed record Document(string Id, string? Title, string Text, JsonElement? Metadata = null)
{
    /// <summary>The second text of a pair, for cross-encoder tokens; null where there is none.</summary>
    public string? Pair { get; init; }

    /// <summary>What is embedded of a document: title, one space, text, without white space at either end; the text alone where the title is missing or empty. MTEB's rule.</summary>
    public string TitleAndText => Strip(string.IsNullOrEmpty(Title) ? Text : string.Concat(Title, " ", Text));

    private static string Strip(string text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsPythonSpace(text[start]))
            start++;
        while (end > start && IsPythonSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    // Python's str.strip takes the four separators U+001C to U+001F for white space too; .NET's Trim does not.
    private static bool IsPythonSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001C' and <= '\u001F';
}
