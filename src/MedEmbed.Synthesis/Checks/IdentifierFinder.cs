using System.Text.Json;
using System.Text.RegularExpressions;

namespace MedEmbed.Synthesis.Checks;

/// <summary>Finds in a query what could tell who the patient is: dates, record and telephone numbers, e-mail and web addresses, names after titles, and names that the note's metadata give.</summary>
/// <remarks>Rules, not a recogniser of names: a name without title that no metadata give is not found. Immutable and thread-safe.</remarks>
public sealed partial class IdentifierFinder
{
    private readonly string[] _names;

    /// <summary>Takes as names all string values of <paramref name="metadata"/> whose field has "name" in its own name or is "patient"; of their words those from three letters.</summary>
    /// <param name="metadata">A note's metadata; null where there are none.</param>
    public IdentifierFinder(JsonElement? metadata = null) => _names = metadata is { ValueKind: JsonValueKind.Object } given ? [.. NamesOf(given, 0).Distinct(StringComparer.OrdinalIgnoreCase)] : [];

    /// <summary>What kind of identifier stands in <paramref name="query"/>; null where none is found.</summary>
    public string? Find(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (Email().IsMatch(query))
            return "e-mail address";
        if (Web().IsMatch(query))
            return "web address";
        if (NumericDate().IsMatch(query) || WordDate().IsMatch(query))
            return "date";
        if (Phone().IsMatch(query))
            return "telephone number";
        if (LabelledNumber().IsMatch(query) || LongNumber().IsMatch(query))
            return "record number";
        if (TitledName().IsMatch(query) || (!IsHeadline(query) && SpelledTitleName().IsMatch(query)))
            return "name after a title";
        return Array.Exists(_names, name => HasWord(query, name)) ? "name of the metadata" : null;
    }

    // In a headline every word is capitalised, also behind the doctor and the verb "miss".
    private static bool IsHeadline(string query)
    {
        string[] words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Count(static word => char.IsUpper(word[0])) * 2 > words.Length;
    }

    private static IEnumerable<string> NamesOf(JsonElement element, int depth)
    {
        foreach (JsonProperty field in element.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Object && depth < 8)
            {
                foreach (string name in NamesOf(field.Value, depth + 1))
                    yield return name;
            }

            bool isName = field.Name.Contains("name", StringComparison.OrdinalIgnoreCase) || field.Name.Equals("patient", StringComparison.OrdinalIgnoreCase);
            if (!isName || field.Value.ValueKind != JsonValueKind.String)
                continue;
            foreach (string word in field.Value.GetString()!.Split([' ', ',', '.', ';'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (word.Length >= 3 && char.IsLetter(word[0]))
                    yield return word;
            }
        }
    }

    private static bool HasWord(string text, string word)
    {
        for (int at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }

        return false;
    }

    [GeneratedRegex(@"[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"\bhttps?://|\bwww\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Web();

    // Day, month and year; a year alone or a ratio such as 120/80 is no identifier.
    [GeneratedRegex(@"(?<![\d/.-])(?:(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|[12]\d|3[01])[/.-](?:\d{4}|\d{2})|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})(?![\d/-])", RegexOptions.CultureInvariant)]
    private static partial Regex NumericDate();

    [GeneratedRegex(
        @"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:january|february|march|april|june|july|august|september|october|november|december)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WordDate();

    [GeneratedRegex(@"(?<!\d)(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ ]?|\d{3}[ .-])\d{3,4}[ .-]\d{3,4}(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    [GeneratedRegex(@"\b(?:mrn|medical record(?: number)?|record (?:no|number)|account (?:no|number)|patient id|chart (?:no|number)|ssn)\b[\s:#.]*(?=[A-Z-]*\d)[A-Z\d-]{3,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LabelledNumber();

    // Digits behind letters are a gene's, a variant's or a compound's.
    [GeneratedRegex(@"(?<![\p{L}\d_.,-])(?:\d{7,}|\d{3}-\d{2}-\d{4})(?![\d.,])", RegexOptions.CultureInvariant)]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof)\b\.?\s+\p{Lu}[\p{L}'’-]+", RegexOptions.CultureInvariant)]
    private static partial Regex TitledName();

    [GeneratedRegex(@"\b(?:Miss|[Dd]octor|[Pp]rofessor)\s+\p{Lu}[\p{L}'’-]+", RegexOptions.CultureInvariant)]
    private static partial Regex SpelledTitleName();
}
