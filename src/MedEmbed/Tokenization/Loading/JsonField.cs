using System.Text.Json;

namespace MedEmbed.Tokenization.Loading;

/// <summary>A value of a JSON file that knows its place, so that a fault can name file and field.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Path">The field, dotted; empty for the root.</param>
/// <param name="Value">The value.</param>
internal readonly record struct JsonField(string File, string Path, JsonElement Value)
{
    public bool IsObject => Value.ValueKind == JsonValueKind.Object;

    public bool IsArray => Value.ValueKind == JsonValueKind.Array;

    public bool IsString => Value.ValueKind == JsonValueKind.String;

    /// <summary>The field <paramref name="name"/>; null where it is absent or null.</summary>
    public JsonField? Find(string name) =>
        IsObject && Value.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? new JsonField(File, Path.Length == 0 ? name : $"{Path}.{name}", value)
            : null;

    public JsonField Require(string name) =>
        Find(name) ?? throw Fault($"field \"{name}\" is missing. Fetch the file again.");

    public IEnumerable<JsonField> Items()
    {
        if (!IsArray)
            throw Fault("must be a list.");
        int index = 0;
        foreach (JsonElement item in Value.EnumerateArray())
            yield return new JsonField(File, $"{Path}[{index++}]", item);
    }

    public string Text()
    {
        if (!IsString)
            throw Fault("must be a string.");
        try
        {
            return Value.GetString()!;
        }
        catch (InvalidOperationException cause)
        {
            throw new ModelFormatException(File, $"field \"{Path}\" holds half a surrogate pair or invalid UTF-8, which no token may. Fetch the file again.", cause);
        }
    }

    public bool Flag() => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault("must be true or false."),
    };

    public int Integer(int lowest, int highest) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out int number) && number >= lowest && number <= highest
            ? number
            : throw Fault(FormattableString.Invariant($"must be an integer from {lowest} to {highest}."));

    public bool Flag(string name, bool otherwise) => Find(name)?.Flag() ?? otherwise;

    public string Text(string name, string otherwise) => Find(name)?.Text() ?? otherwise;

    /// <summary>A fault of this field.</summary>
    public ModelFormatException Fault(string rule) =>
        new(File, Path.Length == 0 ? rule : $"field \"{Path}\" {rule}");
}
