using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>A document's payload as bytes: the lengths of title (−1: none), text and metadata (i32 each), then the three in UTF-8.</summary>
internal static class DocumentRecord
{
    private const int HeadBytes = 12;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">A string holds a lone surrogate, or the metadata is no object.</exception>
    public static void Write(IndexedDocument document, ArrayBufferWriter<byte> target)
    {
        if (document.Metadata is { ValueKind: not JsonValueKind.Object } metadata)
            throw new ArgumentException($"Document \"{document.Id}\": metadata is {metadata.ValueKind}; it must be a JSON object.", nameof(document));
        byte[]? title = document.Title is null ? null : Encode(document.Title, document.Id, "title");
        byte[] text = Encode(document.Text, document.Id, "text");
        byte[] members = document.Metadata is { } value ? JsonSerializer.SerializeToUtf8Bytes(value) : [];
        Span<byte> head = target.GetSpan(HeadBytes);
        BinaryPrimitives.WriteInt32LittleEndian(head, title?.Length ?? -1);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], text.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], members.Length);
        target.Advance(HeadBytes);
        target.Write(title);
        target.Write(text);
        target.Write(members);
    }

    public static byte[] Encode(string value, string id, string field)
    {
        try
        {
            return StrictUtf8.GetBytes(value);
        }
        catch (EncoderFallbackException lone)
        {
            throw new ArgumentException($"Document \"{id}\": the {field} holds half of a surrogate pair at {lone.Index}, which is no text. Repair or leave out the document.", lone);
        }
    }

    public static IndexedDocument Read(string path, string id, ReadOnlySpan<byte> record)
    {
        (int title, int text, int metadata) = Lengths(path, record);
        ReadOnlySpan<byte> rest = record[HeadBytes..];
        string? titleText = title < 0 ? null : System.Text.Encoding.UTF8.GetString(rest[..title]);
        rest = rest[Math.Max(title, 0)..];
        try
        {
            return new IndexedDocument(id, titleText, System.Text.Encoding.UTF8.GetString(rest[..text]))
            {
                Metadata = metadata == 0 ? null : JsonElement.Parse(rest[text..]),
            };
        }
        catch (JsonException broken)
        {
            throw new IndexFormatException(path, $"the metadata of document \"{id}\" is no JSON: the file is damaged. Restore it or build the index again.", broken);
        }
    }

    public static ReadOnlySpan<byte> Metadata(string path, ReadOnlySpan<byte> record)
    {
        (_, _, int metadata) = Lengths(path, record);
        return record[^metadata..];
    }

    private static (int Title, int Text, int Metadata) Lengths(string path, ReadOnlySpan<byte> record)
    {
        if (record.Length >= HeadBytes)
        {
            int title = BinaryPrimitives.ReadInt32LittleEndian(record);
            int text = BinaryPrimitives.ReadInt32LittleEndian(record[4..]);
            int metadata = BinaryPrimitives.ReadInt32LittleEndian(record[8..]);
            if (title >= -1 && text >= 0 && metadata >= 0 && (long)HeadBytes + Math.Max(title, 0) + text + metadata == record.Length)
                return (title, text, metadata);
        }

        throw new IndexFormatException(path, $"the lengths in a document record of {record.Length} bytes do not add up: the file is damaged. Restore it or build the index again.");
    }
}
