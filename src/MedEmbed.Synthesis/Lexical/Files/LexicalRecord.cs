using System.Text.Json;

namespace MedEmbed.Synthesis.Lexical.Files;

/// <summary>A line that is a JSON object.</summary>
internal sealed class LexicalRecord : IDisposable
{
    private readonly LexicalLine _line;
    private readonly JsonDocument _document;

    private LexicalRecord(LexicalLine line, JsonDocument document) => (_line, _document) = (line, document);

    /// <exception cref="SynthesisFormatException">The line is no JSON object.</exception>
    public static LexicalRecord Parse(LexicalLine line)
    {
        try
        {
            var document = JsonDocument.Parse(line.Text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new LexicalRecord(line, document);
            document.Dispose();
        }
        catch (JsonException error)
        {
            throw line.Fault("is no whole JSON object; each line must be one. Fetch the file again, or fix the line.", error);
        }

        throw line.Fault("is no JSON object; each line must be one.");
    }

    /// <summary>The names of a line's fields; none where it is no JSON object.</summary>
    public static HashSet<string> NamesOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? [.. document.RootElement.EnumerateObject().Select(field => field.Name)] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <exception cref="SynthesisFormatException">The field is missing, no string, or blank.</exception>
    public string RequireText(string field) =>
        Text(field) ?? throw _line.Fault($"field \"{field}\" is missing or empty; every term needs it. Fix the line, or leave faulty lines out.");

    /// <summary>A string, tidied; null where it is missing, null or blank.</summary>
    /// <exception cref="SynthesisFormatException">It is no string.</exception>
    public string? Text(string field) =>
        _document.RootElement.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? TextOf(value, field) : null;

    public bool IsTrue(string field) => _document.RootElement.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    /// <summary>The elements of an array; none where it is missing or null.</summary>
    /// <exception cref="SynthesisFormatException">It is no array.</exception>
    public IEnumerable<JsonElement> Elements(string field)
    {
        if (!_document.RootElement.TryGetProperty(field, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return [];
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw _line.Fault($"field \"{field}\" is no array; it must be one, or be left out.");
    }

    /// <summary>An array of strings, tidied, without blank ones.</summary>
    /// <exception cref="SynthesisFormatException">It is no array, or an element no string.</exception>
    public string[] Texts(string field) => [.. Elements(field).Select(element => TextOf(element, field)).OfType<string>()];

    /// <summary>A string of an object in an array, tidied; null where it is missing or blank.</summary>
    /// <exception cref="SynthesisFormatException">The element is no object, or the field no string.</exception>
    public string? InnerText(JsonElement element, string array, string field) =>
        element.ValueKind != JsonValueKind.Object ? throw _line.Fault($"field \"{array}\" holds something else than objects; each must be {{\"{field}\": …}}.")
        : element.TryGetProperty(field, out JsonElement value) ? TextOf(value, $"{array}.{field}") : null;

    public void Dispose() => _document.Dispose();

    private string? TextOf(JsonElement value, string field)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw _line.Fault($"field \"{field}\" holds {value.ValueKind.ToString().ToLowerInvariant()} where a string is needed. Fix the line, or leave faulty lines out.");
        try
        {
            return Terms.TermText.Tidy(value.GetString()!) is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException error)
        {
            throw _line.Fault($"field \"{field}\" holds half of a surrogate pair; it is no Unicode text. Fix the escape.", error);
        }
    }
}
