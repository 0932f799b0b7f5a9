using System.Buffers.Binary;
using System.Text.Json;

namespace MedEmbed.Safetensors;

/// <summary>Reads and checks the header of a safetensors file before anything is mapped.</summary>
/// <remarks>Format: eight bytes little-endian header length, a JSON object, then the data (huggingface/safetensors, "Format").
/// As in the reference implementation the tensors must cover the data without gap or overlap.</remarks>
internal static class SafetensorsHeader
{
    /// <summary>The header's entry that is no tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The reference implementation's limit.</summary>
    private const long MaximumHeaderLength = 100_000_000;

    public static (IReadOnlyDictionary<string, TensorInfo> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path, Stream stream)
    {
        long fileLength = stream.Length;
        Span<byte> prefix = stackalloc byte[8];
        if (fileLength < 8)
            throw Fault(path, $"has {fileLength} bytes, but a safetensors file begins with eight bytes of header length. The file is truncated: copy or download it again.");
        stream.ReadExactly(prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > MaximumHeaderLength)
            throw Fault(path, $"says its header has {headerLength} bytes; at most {MaximumHeaderLength} are allowed. This is no safetensors file, or it is damaged.");
        if ((long)headerLength > fileLength - 8)
            throw Fault(path, $"says its header has {headerLength} bytes, but only {fileLength - 8} follow. The file is truncated or damaged: copy or download it again.");

        byte[] header = new byte[headerLength];
        stream.ReadExactly(header);
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 16 });
            return Parse(path, json.RootElement, dataStart: 8 + (long)headerLength, fileLength);
        }
        catch (JsonException error)
        {
            throw Fault(path, $"has a header that is not JSON ({error.Message}). The file is damaged: copy or download it again.", error);
        }
        catch (InvalidOperationException error)
        {
            // Names are decoded only when they are read.
            throw Fault(path, "has a header with a name that is no valid Unicode. The file is damaged: copy or download it again.", error);
        }
    }

    private static (IReadOnlyDictionary<string, TensorInfo>, IReadOnlyDictionary<string, string>) Parse(string path, JsonElement root, long dataStart, long fileLength)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Fault(path, "has a header that is no JSON object.");
        var tensors = new Dictionary<string, TensorInfo>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals(MetadataName))
                ReadMetadata(path, property.Value, metadata);
            else if (!tensors.TryAdd(property.Name, ReadTensor(path, property, dataStart, fileLength)))
                throw Fault(path, $"names tensor \"{property.Name}\" twice in its header.");
        }

        CheckCoverage(path, tensors.Values, dataStart, fileLength);
        return (tensors, metadata);
    }

    private static void ReadMetadata(string path, JsonElement value, Dictionary<string, string> metadata)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Fault(path, "has a \"__metadata__\" that is no JSON object of strings.");
        foreach (JsonProperty entry in value.EnumerateObject())
        {
            metadata[entry.Name] = entry.Value.ValueKind == JsonValueKind.String
                ? entry.Value.GetString()!
                : throw Fault(path, $"has \"__metadata__\".\"{entry.Name}\" that is no string.");
        }
    }

    private static TensorInfo ReadTensor(string path, JsonProperty property, long dataStart, long fileLength)
    {
        string name = property.Name;
        JsonElement value = property.Value;
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out JsonElement type) || type.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out JsonElement shapeValue) || shapeValue.ValueKind != JsonValueKind.Array
            || !value.TryGetProperty("data_offsets", out JsonElement offsets) || offsets.ValueKind != JsonValueKind.Array || offsets.GetArrayLength() != 2)
        {
            throw Fault(path, $"describes tensor \"{name}\" without \"dtype\", \"shape\" and two \"data_offsets\".");
        }

        long[] shape = [.. shapeValue.EnumerateArray().Select(size => NonNegative(path, name, "shape", size))];
        long begin = NonNegative(path, name, "data_offsets", offsets[0]);
        long end = NonNegative(path, name, "data_offsets", offsets[1]);
        if (end < begin || end > fileLength - dataStart)
        {
            throw Fault(path, $"places tensor \"{name}\" at bytes {begin} to {end} of its data, but has {fileLength - dataStart}. "
                + "The file is truncated or damaged: copy or download it again.");
        }

        var tensor = new TensorInfo(name, type.GetString()!, shape, dataStart + begin, end - begin);
        if (ElementSize(tensor.TypeName) is { } size)
            CheckLength(path, tensor, size);
        return tensor;
    }

    private static void CheckLength(string path, TensorInfo tensor, int elementSize)
    {
        Int128 expected = elementSize;
        foreach (long size in tensor.Shape)
        {
            expected *= size;
            if (expected > long.MaxValue)
                throw Fault(path, $"gives tensor \"{tensor.Name}\" the shape {tensor.ShapeText}, which is too large.");
        }

        if (expected != tensor.ByteLength)
            throw Fault(path, $"gives tensor \"{tensor.Name}\" of {tensor.TypeName} {tensor.ShapeText} {tensor.ByteLength} bytes, but that form needs {expected}.");
    }

    private static void CheckCoverage(string path, IEnumerable<TensorInfo> tensors, long dataStart, long fileLength)
    {
        long position = dataStart;
        foreach (TensorInfo tensor in tensors.OrderBy(tensor => tensor.Offset).ThenBy(tensor => tensor.ByteLength))
        {
            if (tensor.Offset != position)
                throw Fault(path, $"leaves a gap or an overlap before tensor \"{tensor.Name}\" (expected at byte {position}, placed at {tensor.Offset}).");
            position += tensor.ByteLength;
        }

        if (position != fileLength)
            throw Fault(path, $"has {fileLength - position} bytes after its last tensor. The file is damaged: copy or download it again.");
    }

    private static long NonNegative(string path, string name, string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0
            ? number
            : throw Fault(path, $"describes tensor \"{name}\" with \"{field}\" that are no non-negative whole numbers.");

    private static int? ElementSize(string typeName) => typeName switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => null,
    };

    private static ModelFormatException Fault(string path, string problem, Exception? inner = null) => new(path, problem, inner);
}
