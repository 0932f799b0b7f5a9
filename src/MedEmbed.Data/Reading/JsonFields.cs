using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MedEmbed.Data.Reading;

/// <summary>Walks the fields of one JSON object on one line; every fault is a <see cref="LineFaultException"/> that names field and position.</summary>
/// <remarks>A field that stands twice has its last value, as in Python's json.</remarks>
internal ref struct JsonFields
{
    private Utf8JsonReader _reader;

    public JsonFields(ReadOnlySpan<byte> line, int maxDepth)
    {
        _reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = maxDepth });
        if (!Advance() || _reader.TokenType != JsonTokenType.StartObject)
            throw new LineFaultException("the line is no JSON object; each line must be one object, {\"field\": value, …}.");
    }

    /// <summary>Moves to the next field of the object; false after its end.</summary>
    public bool Next()
    {
        Advance();
        if (_reader.TokenType == JsonTokenType.PropertyName)
            return true;
        // Reading past the end makes the parser refuse anything behind the object.
        Advance();
        return false;
    }

    /// <summary>Whether the current field has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name)
    {
        try
        {
            return _reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            // A name with a lone surrogate is nobody's name.
            return false;
        }
    }

    /// <summary>The string value of the current field; null for a JSON null.</summary>
    public string? ReadString(string field)
    {
        Advance();
        return _reader.TokenType switch
        {
            JsonTokenType.String => Unescape(field),
            JsonTokenType.Null => null,
            _ => throw WrongType(field, "a string"),
        };
    }

    /// <summary>A text, or the first of an array of texts, that stands under these names in inner objects; null for a JSON null, an empty array, or an inner field that is not there.</summary>
    public string? ReadText(string field, ReadOnlySpan<byte[]> innerNames)
    {
        Advance();
        if (_reader.TokenType == JsonTokenType.Null)
            return null;
        if (innerNames.IsEmpty)
            return ReadFirstText(field);
        if (_reader.TokenType != JsonTokenType.StartObject)
            throw WrongType(field, "an object");
        string? text = null;
        while (NextInner())
        {
            if (Is(innerNames[0]))
                text = ReadText(field, innerNames[1..]);
            else
                Skip();
        }

        return text;
    }

    /// <summary>An id: a string, or a number as it is written; null for a JSON null.</summary>
    public string? ReadId(string field)
    {
        Advance();
        string? id = _reader.TokenType switch
        {
            JsonTokenType.String => Unescape(field),
            JsonTokenType.Number => Encoding.UTF8.GetString(_reader.ValueSpan),
            JsonTokenType.Null => null,
            _ => throw WrongType(field, "a string or a number"),
        };
        return id is "" ? throw new LineFaultException($"field \"{field}\" is empty; give an id, or leave the field out.") : id;
    }

    /// <summary>A string, a number as it is written, or <c>true</c> or <c>false</c>; null for a JSON null.</summary>
    public string? ReadScalar(string field)
    {
        Advance();
        return _reader.TokenType switch
        {
            JsonTokenType.String => Unescape(field),
            JsonTokenType.Number => Encoding.UTF8.GetString(_reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            JsonTokenType.Null => null,
            _ => throw WrongType(field, "a string, a number or a boolean"),
        };
    }

    /// <summary>A whole number.</summary>
    public int ReadInteger(string field)
    {
        Advance();
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out int value) ? value : throw WrongType(field, "a whole number");
    }

    /// <summary>A finite number; null for a JSON null.</summary>
    public double? ReadNumber(string field)
    {
        Advance();
        if (_reader.TokenType == JsonTokenType.Null)
            return null;
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out double value) && double.IsFinite(value) ? value : throw WrongType(field, "a finite number");
    }

    /// <summary>An array of strings; null for a JSON null.</summary>
    public IReadOnlyList<string>? ReadStrings(string field)
    {
        return TryEnterArray(field, "an array of strings") ? ReadElements(field) : null;
    }

    /// <summary>An array of finite numbers; null for a JSON null.</summary>
    public IReadOnlyList<float>? ReadNumbers(string field)
    {
        if (!TryEnterArray(field, "an array of numbers"))
            return null;
        List<float> values = [];
        while (NextElement())
        {
            float value = 0;
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetSingle(out value) || !float.IsFinite(value))
                throw WrongType(ElementOf(field, values.Count), "a finite number");
            values.Add(value);
        }

        return values;
    }

    /// <summary>An object, copied so that it outlives the line; null for a JSON null.</summary>
    public JsonElement? ReadObject(string field)
    {
        Advance();
        if (_reader.TokenType == JsonTokenType.Null)
            return null;
        if (_reader.TokenType != JsonTokenType.StartObject)
            throw WrongType(field, "an object");
        RequireWholeStrings(field);
        return JsonElement.ParseValue(ref _reader);
    }

    /// <summary>Enters the array that is the current field's value.</summary>
    public void EnterArray(string field)
    {
        Advance();
        if (_reader.TokenType != JsonTokenType.StartArray)
            throw WrongType(field, "an array");
    }

    /// <summary>Moves to the next object of the array entered; false after the array's end.</summary>
    public bool NextObject(string field)
    {
        Advance();
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.EndArray => false,
            _ => throw WrongType(field, "an array of objects"),
        };
    }

    /// <summary>Moves to the next field of an inner object; false after its end.</summary>
    public bool NextInner()
    {
        Advance();
        return _reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Moves to the next number of the array entered; false after the array's end.</summary>
    public bool NextNumber(string field, out float value)
    {
        Advance();
        value = 0;
        if (_reader.TokenType == JsonTokenType.EndArray)
            return false;
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetSingle(out value) ? true : throw WrongType(field, "an array of numbers");
    }

    /// <summary>Passes over the current field's value.</summary>
    public void Skip()
    {
        try
        {
            _reader.Skip();
        }
        catch (JsonException failure)
        {
            throw Broken(failure);
        }
    }

    private string? ReadFirstText(string field)
    {
        if (_reader.TokenType == JsonTokenType.String)
            return Unescape(field);
        if (_reader.TokenType != JsonTokenType.StartArray)
            throw WrongType(field, "a string or an array of strings");
        return ReadElements(field).FirstOrDefault();
    }

    private List<string> ReadElements(string field)
    {
        List<string> values = [];
        while (NextElement())
            values.Add(_reader.TokenType == JsonTokenType.String ? Unescape(field) : throw WrongType(ElementOf(field, values.Count), "a string"));
        return values;
    }

    private bool TryEnterArray(string field, string wanted)
    {
        Advance();
        return _reader.TokenType switch
        {
            JsonTokenType.StartArray => true,
            JsonTokenType.Null => false,
            _ => throw WrongType(field, wanted),
        };
    }

    private bool NextElement()
    {
        Advance();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    private bool Advance()
    {
        try
        {
            return _reader.Read();
        }
        catch (JsonException failure)
        {
            throw Broken(failure);
        }
    }

    private readonly string Unescape(string field)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException failure)
        {
            throw LoneSurrogate(field, _reader.TokenStartIndex, failure);
        }
    }

    private readonly void RequireWholeStrings(string field)
    {
        Utf8JsonReader ahead = _reader;
        int depth = ahead.CurrentDepth;
        try
        {
            while (ahead.Read() && ahead.CurrentDepth > depth)
            {
                if (ahead.ValueIsEscaped)
                    _ = ahead.GetString();
            }
        }
        catch (JsonException failure)
        {
            throw Broken(failure);
        }
        catch (InvalidOperationException failure)
        {
            throw LoneSurrogate(field, ahead.TokenStartIndex, failure);
        }
    }

    private static string ElementOf(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");

    private readonly LineFaultException WrongType(string field, string wanted) =>
        new(string.Create(CultureInfo.InvariantCulture, $"field \"{field}\" is {NameOf(_reader.TokenType)} (byte {_reader.TokenStartIndex + 1}); it must be {wanted}."));

    private static LineFaultException LoneSurrogate(string field, long position, Exception cause) =>
        new(string.Create(CultureInfo.InvariantCulture, $"field \"{field}\" holds half of a surrogate pair (a \\uD800–\\uDFFF escape without its partner) in the string at byte {position + 1}; it is no Unicode text. Fix the escape."), cause);

    // The parser's own message is left out: it may quote the text.
    private static LineFaultException Broken(JsonException cause) =>
        new(string.Create(CultureInfo.InvariantCulture, $"broken JSON at byte {(cause.BytePositionInLine ?? 0) + 1} of the line: {Reason(cause)}"), cause);

    private static string Reason(JsonException cause) =>
        cause.Message.Contains("maximum configured depth", StringComparison.Ordinal)
            ? "nested deeper than the limit (MaxJsonDepth)."
            : "each line must be one whole JSON object and nothing else.";

    private static string NameOf(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "missing",
    };
}
