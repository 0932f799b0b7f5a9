using System.Text.Json;
using System.Text.RegularExpressions;

namespace MedEmbed.Training.LowRank;

/// <summary>Fields of an <c>adapter_config.json</c>; a fault names file, field, rule and remedy.</summary>
internal sealed class PeftJson
{
    /// <summary>Far above any real configuration.</summary>
    private const long MaximumBytes = 4 << 20;

    /// <summary>Far above any rank that saves something.</summary>
    private const int HighestRank = 1 << 16;

    private readonly string _path;
    private readonly JsonElement _root;

    private PeftJson(string path, JsonElement root) => (_path, _root) = (path, root);

    public IEnumerable<string> Names => _root.EnumerateObject().Select(property => property.Name);

    public static PeftJson Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new ModelFormatException(path, "is missing. An adapter's folder holds adapter_config.json and adapter_model.safetensors: name that folder.");
        if (file.Length > MaximumBytes)
            throw new ModelFormatException(path, $"has {file.Length} bytes; a configuration file may have {MaximumBytes}.");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 32 });
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new PeftJson(path, json.RootElement.Clone())
                : throw new ModelFormatException(path, $"holds a JSON {json.RootElement.ValueKind}, not an object.");
        }
        catch (JsonException error)
        {
            throw new ModelFormatException(path, $"is not JSON: {error.Message} Copy the file again.", error);
        }
    }

    public ModelFormatException Fault(string field, string problem) => new(_path, $"field \"{field}\" {problem}");

    public string Raw(string field)
    {
        string text = _root.GetProperty(field).GetRawText();
        return text.Length > 60 ? text[..60] + "…" : text;
    }

    /// <summary>Whether the field says anything but no: null, false, 0, "none", an empty list or object say no.</summary>
    public bool IsOn(string field) => _root.TryGetProperty(field, out JsonElement value) && value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => value.GetString() is not ("" or "none"),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        JsonValueKind.Number => value.GetDouble() != 0,
        _ => true,
    };

    /// <summary>A string; null where the field is absent or null. With <paramref name="anyKind"/> also <c>true</c> and <c>false</c>, as words.</summary>
    public string? Text(string field, bool anyKind = false) => Find(field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.True or JsonValueKind.False } flag when anyKind => flag.GetRawText(),
        _ => throw Wrong(field, "a string"),
    };

    public double? Number(string field) => Find(field) is { } value ? NumberIn(field, value) : null;

    public int? Rank(string field) => Find(field) is { } value ? RankIn(field, value) : null;

    public double NumberIn(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and <= float.MaxValue and var number ? number : throw Wrong(field, "a number from 0 up");

    public int RankIn(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int rank) && rank is >= 1 and <= HighestRank ? rank : throw Wrong(field, $"a whole number from 1 to {HighestRank}");

    /// <summary>Whole numbers from a list or a single one; null where the field is absent, null or empty.</summary>
    public IReadOnlyList<int>? Integers(string field)
    {
        if (Find(field) is not { } value)
            return null;
        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        int[] numbers = [.. items.Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int number) ? number : throw Wrong(field, "a whole number or a list of them"))];
        return numbers.Length == 0 ? null : numbers;
    }

    /// <summary>Strings from a list or a single one; empty where the field is absent or null.</summary>
    public IReadOnlyList<string> Texts(string field) => PatternOrNames(field) is var (pattern, names) && pattern is not null ? [Checked(field, pattern)] : names;

    /// <summary>A string, taken as a regular expression, or a list of strings.</summary>
    public (string? Pattern, IReadOnlyList<string> Names) PatternOrNames(string field) => Find(field) switch
    {
        null => (null, []),
        { ValueKind: JsonValueKind.String } text => (Checked(field, text.GetString()!), []),
        { ValueKind: JsonValueKind.Array } list => (null, [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(field, "a string or a list of strings"))]),
        _ => throw Wrong(field, "a string or a list of strings"),
    };

    /// <summary>An object whose names are regular expressions.</summary>
    public IReadOnlyList<KeyValuePair<string, T>> Patterns<T>(string field, Func<string, JsonElement, T> read)
    {
        if (Find(field) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(field, "an object of numbers");
        return [.. value.EnumerateObject().Select(entry => KeyValuePair.Create(Checked(field, entry.Name), read(field, entry.Value)))];
    }

    private JsonElement? Find(string field) => _root.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private ModelFormatException Wrong(string field, string expected) => Fault(field, $"must be {expected}, but is {Raw(field)}.");

    private string Checked(string field, string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return pattern;
        }
        catch (ArgumentException error)
        {
            throw new ModelFormatException(_path, $"field \"{field}\" holds \"{pattern}\", which is no regular expression: {error.Message}", error);
        }
    }
}
