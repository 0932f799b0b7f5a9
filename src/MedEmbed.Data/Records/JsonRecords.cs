using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Records;

/// <summary>Records as JSON, a line each; a field without a value is not written.</summary>
internal sealed class JsonRecords<T>(RecordSchema<T> schema)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _line = new(1 << 14);

    public T Parse(ReadOnlySpan<byte> line, long number, int maxDepth)
    {
        RecordValues values = schema.Empty();
        JsonFields json = new(line, maxDepth);
        while (json.Next())
        {
            int field = 0;
            while (field < schema.Fields.Count && !json.Is(schema.Fields[field].Utf8Name))
                field++;
            if (field == schema.Fields.Count)
                json.Skip();
            else
                values[field] = Read(ref json, schema.Fields[field]);
        }

        return schema.Make(values, number);
    }

    /// <summary>The record's line with its end; valid until the next call.</summary>
    /// <exception cref="ArgumentException">The record breaks a rule, or a text is no Unicode.</exception>
    public ReadOnlySpan<byte> Format(T record)
    {
        if (schema.FindFault(record) is { } fault)
            throw new ArgumentException(fault, nameof(record));
        _line.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            json.WriteStartObject();
            foreach (RecordField<T> field in schema.Fields)
                Write(json, field, field.ValueOf(record));
            json.WriteEndObject();
        }

        _line.Write("\n"u8);
        return _line.WrittenSpan;
    }

    private static object? Read(ref JsonFields json, RecordField<T> field) => field.Kind switch
    {
        RecordFieldKind.Text => json.ReadString(field.Name),
        RecordFieldKind.Id => json.ReadId(field.Name),
        RecordFieldKind.Number => json.ReadNumber(field.Name),
        RecordFieldKind.Texts => json.ReadStrings(field.Name),
        _ => json.ReadNumbers(field.Name),
    };

    private static void Write(Utf8JsonWriter json, RecordField<T> field, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                json.WriteString(field.Utf8Name, Require(text, field));
                break;
            case double number:
                json.WriteNumber(field.Utf8Name, number);
                break;
            case IReadOnlyList<string> texts:
                json.WriteStartArray(field.Utf8Name);
                foreach (string text in texts)
                    json.WriteStringValue(Require(text, field));
                json.WriteEndArray();
                break;
            case IReadOnlyList<float> numbers:
                json.WriteStartArray(field.Utf8Name);
                foreach (float number in numbers)
                    json.WriteNumberValue(number);
                json.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"field \"{field.Name}\" gives a {value.GetType().Name}.");
        }
    }

    // The JSON writer would put U+FFFD for half of a surrogate pair without a word.
    private static string Require(string text, RecordField<T> field)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return text;
        try
        {
            _ = StrictUtf8.GetByteCount(text);
            return text;
        }
        catch (EncoderFallbackException failure)
        {
            throw new ArgumentException($"field \"{field.Name}\" holds half of a surrogate pair; it is no Unicode text.", nameof(text), failure);
        }
    }
}
