namespace MedEmbed.Evaluation.Charts;

/// <summary>Names that every file system takes.</summary>
internal static class FileNames
{
    /// <summary>Letters, digits and hyphens of <paramref name="text"/>; runs of anything else become one hyphen.</summary>
    public static string Of(string text) =>
        string.Join('-', string.Concat(text.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
