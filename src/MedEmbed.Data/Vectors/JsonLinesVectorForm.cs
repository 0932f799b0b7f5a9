using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Data.Vectors;

/// <summary><c>{"_id","embedding":[…]}</c>, a line a vector.</summary>
internal sealed class JsonLinesVectorForm(VectorElement element) : IVectorForm
{
    private readonly ArrayBufferWriter<byte> _line = new(1 << 14);

    public bool CanStream => true;

    public void Begin(Stream output)
    {
    }

    public void Append(Stream output, string id, ReadOnlySpan<byte> vector)
    {
        _line.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("_id"u8, id);
            json.WriteStartArray("embedding"u8);
            WriteNumbers(json, vector);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        _line.Write("\n"u8);
        output.Write(_line.WrittenSpan);
    }

    public Task CompleteAsync(ResumableOutput output, long rows, int vectorBytes, CancellationToken cancellationToken)
    {
        output.Complete();
        return Task.CompletedTask;
    }

    private void WriteNumbers(Utf8JsonWriter json, ReadOnlySpan<byte> vector)
    {
        switch (element)
        {
            case VectorElement.Float32:
                foreach (float value in MemoryMarshal.Cast<byte, float>(vector))
                    json.WriteNumberValue(value);
                break;
            case VectorElement.Int8:
                foreach (byte value in vector)
                    json.WriteNumberValue((int)(sbyte)value);
                break;
            default:
                foreach (byte value in vector)
                    json.WriteNumberValue((int)value);
                break;
        }
    }
}
