using System.Text.Json;

namespace MedEmbed.Models;

/// <summary>A model folder's JSON file: read with limits, its fields by name, every error with file, field and remedy.</summary>
internal sealed class JsonFile
{
    /// <summary>Far above any real configuration, far below what would hurt.</summary>
    private const long MaximumBytes = 16 << 20;

    /// <summary>Far above what any model takes.</summary>
    private const int LargestLength = 10_000_000;

    private readonly JsonElement _root;

    private JsonFile(string path, JsonElement root) => (Path, _root) = (path, root);

    public string Path { get; }

    public JsonElement Root => _root;

    public static JsonFile Read(string path, JsonValueKind expected = JsonValueKind.Object)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            throw new ModelFormatException(path, "is missing. A model folder in sentence-transformers layout needs it: copy the whole folder, or pull the model again.");
        using FileStream stream = info.OpenRead();
        if (stream.Length > MaximumBytes)
            throw new ModelFormatException(path, $"has {stream.Length} bytes; a configuration file may have {MaximumBytes}.");
        try
        {
            using var json = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 32 });
            if (json.RootElement.ValueKind != expected)
                throw new ModelFormatException(path, $"holds a JSON {json.RootElement.ValueKind}, not a JSON {expected}.");
            CheckTexts(json.RootElement);
            return new JsonFile(path, json.RootElement.Clone());
        }
        catch (InvalidOperationException error)
        {
            throw new ModelFormatException(path, "holds a text that is no valid Unicode. Copy or pull the file again.", error);
        }
        catch (JsonException error)
        {
            throw new ModelFormatException(path, $"is not JSON: {error.Message} Copy or pull the file again.", error);
        }
    }

    public static JsonFile? ReadIfThere(string path) => File.Exists(path) ? Read(path) : null;

    public bool Has(string field) => TryGet(field, out _);

    public int PositiveInteger(string field, int? fallback = null)
    {
        if (!TryGet(field, out JsonElement value))
            return fallback ?? throw Missing(field);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number > 0
            ? number
            : throw Wrong(field, value, "a whole number above 0");
    }

    /// <summary>A length limit; null where it is absent, null or beyond any real model (Hugging Face writes 1e30 for "none").</summary>
    public int? LengthLimit(string field)
    {
        if (!TryGet(field, out JsonElement value))
            return null;
        if (value.ValueKind != JsonValueKind.Number || value.GetDouble() is not (>= 1 and var number) || number != Math.Floor(number))
            throw Wrong(field, value, "a whole number above 0");
        return number > LargestLength ? null : (int)number;
    }

    public double NonNegativeNumber(string field, double fallback)
    {
        if (!TryGet(field, out JsonElement value))
            return fallback;
        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and <= float.MaxValue and var number
            ? number
            : throw Wrong(field, value, "a number from 0 up");
    }

    public bool Flag(string field, bool fallback)
    {
        if (!TryGet(field, out JsonElement value))
            return fallback;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(field, value, "true or false");
    }

    public string Text(string field) => TextOrNull(field) ?? throw Missing(field);

    public string? TextOrNull(string field)
    {
        if (!TryGet(field, out JsonElement value))
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(field, value, "a string");
    }

    public bool TryGet(string field, out JsonElement value) =>
        _root.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;

    public ModelFormatException Missing(string field) => new(Path, $"field \"{field}\" is missing.");

    public ModelFormatException Wrong(string field, JsonElement value, string expected)
    {
        string text = value.GetRawText();
        return new(Path, $"field \"{field}\" must be {expected}, but is {(text.Length > 60 ? text[..60] + "…" : text)}.");
    }

    /// <summary>Decodes every name and string once: otherwise an invalid one would fail wherever it is read first.</summary>
    private static void CheckTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    _ = property.Name;
                    CheckTexts(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                    CheckTexts(item);
                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
