using System.Collections.Frozen;
using MedEmbed.Data.Texts;

namespace MedEmbed.Synthesis.Lexical.Terms;

/// <summary>The words of a term in one order, for telling whether two terms are made of the same words.</summary>
internal static class TermWords
{
    // With the s that is left of a genitive.
    private static readonly FrozenSet<string> FunctionWords = new[] { "a", "an", "the", "of", "in", "on", "for", "to", "with", "and", "by", "s" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words in ordinal order, letters in lower case, punctuation and function words left out (unless there is nothing else).</summary>
    public static string Sorted(string text)
    {
        string[] words = NormalizedText.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] content = Array.FindAll(words, static word => !FunctionWords.Contains(word));
        return string.Join(' ', (content.Length > 0 ? content : words).Order(StringComparer.Ordinal));
    }
}
