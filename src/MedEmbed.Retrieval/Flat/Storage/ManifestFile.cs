using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary><c>index.json</c>: format, version, the XXH128 of the rest, and the manifest. To rename it into place is to commit.</summary>
internal static class ManifestFile
{
    public const string FileName = "index.json";
    public const string Format = "medembed-flat-index";
    public const int Version = 1;

    private const int MaxBytes = 64 << 20;

    public static void Write(string folder, IndexManifest manifest)
    {
        byte[] index = JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.IndexManifest);
        ArrayBufferWriter<byte> content = new();
        content.Write(System.Text.Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{{\"format\":\"{Format}\",\"version\":{Version},\"checksum\":\"{Checksum(index)}\",\"index\":")));
        content.Write(index);
        content.Write("}\n"u8);
        DurableFile.Write(Path.Combine(folder, FileName), stream => stream.Write(content.WrittenSpan));
    }

    /// <exception cref="IndexFormatException">There is no manifest, or it is damaged, foreign or newer.</exception>
    public static IndexManifest Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        byte[] bytes;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes } large)
                throw new IndexFormatException(path, $"it has {large.Length} bytes, more than the {MaxBytes} a manifest may have: not a flat index.");
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            string remedy = Directory.Exists(folder + FlatIndexBuilder.PartialSuffix)
                ? "A build of it was interrupted; run the same build again to finish it."
                : "Name the folder that holds index.json, or build an index there.";
            throw new IndexFormatException(path, $"there is no such file, so the folder is no flat index. {remedy}", missing);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 16 });
            return Read(path, document.RootElement);
        }
        catch (JsonException broken)
        {
            throw new IndexFormatException(path, $"it is no valid manifest ({broken.Message}). Restore it or build the index again.", broken);
        }
    }

    private static IndexManifest Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out JsonElement format) || !format.ValueEquals(Format))
            throw new IndexFormatException(path, $"field \"format\" is not \"{Format}\": this is the index of another kind or program.");
        if (!root.TryGetProperty("version", out JsonElement version) || !version.TryGetInt32(out int number) || number < 1)
            throw new IndexFormatException(path, "field \"version\" is no version number. Restore the file or build the index again.");
        if (number > Version)
            throw new IndexFormatException(path, $"field \"version\" is {number} and this program reads up to {Version}. Use a newer version of it.");
        if (!root.TryGetProperty("index", out JsonElement index) || !root.TryGetProperty("checksum", out JsonElement checksum)
            || !checksum.ValueEquals(Checksum(System.Text.Encoding.UTF8.GetBytes(index.GetRawText()))))
            throw new IndexFormatException(path, "field \"checksum\" does not fit the content: the file is damaged or was edited. Restore it or build the index again.");
        return index.Deserialize(ManifestJson.Default.IndexManifest) ?? throw new JsonException("\"index\" is null");
    }

    private static string Checksum(ReadOnlySpan<byte> index) => Convert.ToHexStringLower(XxHash128.Hash(index));
}
