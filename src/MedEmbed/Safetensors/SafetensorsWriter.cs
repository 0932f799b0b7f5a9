using System.Buffers;
using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MedEmbed.Safetensors;

/// <summary>Writes f32 numbers as a safetensors file in f32, f16 or bf16.</summary>
/// <remarks>Deterministic: tensors stand in the order of their number formats (wider first) and names (ordinal). The file appears under its name only when it is complete.</remarks>
public static class SafetensorsWriter
{
    /// <summary>Writes <paramref name="tensors"/> to <paramref name="path"/>, replacing a file that is there.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="tensors">Each tensor's form and values; values are rounded to nearest even where the form is narrower than f32.</param>
    /// <param name="metadata">The header's <c>__metadata__</c>; by convention <c>format: pt</c>, without which some Python readers refuse the file.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or a tensor's values do not fill its shape.</exception>
    public static void Write(string path, IReadOnlyCollection<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        WriteStreamed(path, [.. tensors.Select(TensorSource.Of)], metadata);
    }

    /// <summary>Writes tensors whose numbers are made one after the other, so that no more than one is in memory.</summary>
    /// <inheritdoc cref="Write" path="/param"/>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    public static void WriteStreamed(string path, IReadOnlyCollection<TensorSource> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);

        // As in the reference implementation wider numbers stand first, so that each is aligned.
        TensorSource[] ordered = [.. tensors.OrderByDescending(tensor => tensor.ElementSize).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        if (ordered.CountBy(tensor => tensor.Name, StringComparer.Ordinal).FirstOrDefault(entry => entry.Value > 1).Key is { } twice)
            throw new ArgumentException($"Two tensors are named \"{twice}\".", nameof(tensors));

        string temporary = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                WriteHeader(stream, ordered, metadata ?? new Dictionary<string, string> { ["format"] = "pt" });
                foreach (TensorSource tensor in ordered)
                    tensor.WriteTo(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void WriteHeader(Stream stream, TensorSource[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataName);
            foreach ((string key, string value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach (TensorSource tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.TypeName);
                json.WriteStartArray("shape");
                foreach (long size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += tensor.ByteLength;
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // The reference implementation pads the header with spaces so that the data begin at a multiple of eight.
        int padded = (buffer.WrittenCount + 7) & ~7;
        buffer.GetSpan(8)[..(padded - buffer.WrittenCount)].Fill((byte)' ');
        buffer.Advance(padded - buffer.WrittenCount);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded);
        stream.Write(length);
        stream.Write(buffer.WrittenSpan);
    }

    internal static void WriteValues(Stream stream, TensorData tensor)
    {
        const int Block = 1 << 16;
        ReadOnlySpan<float> values = tensor.Values.Span;
        ushort[] words = ArrayPool<ushort>.Shared.Rent(Block);
        try
        {
            for (int start = 0; start < values.Length; start += Block)
            {
                ReadOnlySpan<float> part = values.Slice(start, Math.Min(Block, values.Length - start));
                if (tensor.Type == TensorType.F32)
                {
                    stream.Write(MemoryMarshal.AsBytes(part));
                    continue;
                }

                if (tensor.Type == TensorType.F16)
                    TensorPrimitives.ConvertToHalf(part, MemoryMarshal.Cast<ushort, Half>(words.AsSpan()));
                else
                    ToBFloat16(part, words);
                stream.Write(MemoryMarshal.AsBytes<ushort>(words.AsSpan(0, part.Length)));
            }
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(words);
        }
    }

    private static void ToBFloat16(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(source[i]);
            destination[i] = float.IsNaN(source[i])
                ? (ushort)((bits >> 16) | 0x40)
                : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }
}
