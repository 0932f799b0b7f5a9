using System.Text.Json;

namespace MedEmbed.Evaluation.Leaderboards.Reading;

/// <summary>A field of a result file, which knows its file and path for the sake of errors.</summary>
internal readonly record struct ResultField(string File, string Path, JsonElement Value)
{
    private const long LargestFile = 1L << 30;

    /// <summary>The file's one object. Faults name the line.</summary>
    public static ResultField ReadFile(string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists)
            throw new FileNotFoundException($"{file}: there is no such file; name a result file, or a folder that holds some.", file);
        if (info.Length > LargestFile)
            throw new ResultFormatException(file, null, "is larger than 1 GiB; a result file holds one task's scores. Name the right file.");
        byte[] bytes = System.IO.File.ReadAllBytes(file);
        ReadOnlyMemory<byte> text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
        try
        {
            JsonElement root = JsonElement.Parse(PythonJson.WithoutNonFinite(text).Span, new JsonDocumentOptions { MaxDepth = 64 });
            if (root.ValueKind != JsonValueKind.Object)
                throw new ResultFormatException(file, 1, "is not a JSON object; a result file is one object. Name a result file of MTEB's form.");
            return new ResultField(file, "", root);
        }
        catch (JsonException failure)
        {
            throw new ResultFormatException(
                file,
                (failure.LineNumber ?? 0) + 1,
                "broken JSON; a result file is one whole JSON object. Run the evaluation again, or leave the file out.",
                failure);
        }
    }

    /// <summary>The field <paramref name="name"/>, or null where it is missing or null.</summary>
    public ResultField? Optional(string name)
    {
        RequireKind(JsonValueKind.Object, "an object");
        return Value.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? new ResultField(File, Path.Length == 0 ? name : $"{Path}.{name}", value)
            : null;
    }

    /// <summary>The field <paramref name="name"/>, which must be there.</summary>
    public ResultField Required(string name) =>
        Optional(name) ?? throw Fault($"field \"{(Path.Length == 0 ? name : $"{Path}.{name}")}\" is missing; result files of MTEB's form have it.");

    public string Text()
    {
        RequireKind(JsonValueKind.String, "a string");
        return Value.GetString()!;
    }

    public double Number()
    {
        RequireKind(JsonValueKind.Number, "a number");
        return Value.GetDouble();
    }

    /// <summary>The number, or null for anything else.</summary>
    public double? NumberIfAny() => Value.ValueKind == JsonValueKind.Number ? Value.GetDouble() : null;

    public IEnumerable<ResultField> Items()
    {
        RequireKind(JsonValueKind.Array, "an array");
        string file = File, path = Path;
        return Value.EnumerateArray().Select((item, index) => new ResultField(file, FormattableString.Invariant($"{path}[{index}]"), item));
    }

    public IEnumerable<(string Name, ResultField Field)> Properties()
    {
        RequireKind(JsonValueKind.Object, "an object");
        string file = File, path = Path;
        return Value.EnumerateObject().Select(property => (property.Name, new ResultField(file, $"{path}.{property.Name}", property.Value)));
    }

    public ResultFormatException Fault(string problem) => new(File, null, problem);

    private void RequireKind(JsonValueKind kind, string wanted)
    {
        if (Value.ValueKind != kind)
            throw Fault($"field \"{Path}\" is {Value.ValueKind.ToString().ToLowerInvariant()}; it must be {wanted}. Run the evaluation again, or leave the file out.");
    }
}
