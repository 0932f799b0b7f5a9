using System.Text.Json;

namespace MedEmbed.Tokenization.Loading;

/// <summary>Opens JSON files within limits, and reports faults as <see cref="ModelFormatException"/>.</summary>
internal static class JsonFile
{
    /// <summary>The largest file read, in bytes: vocabularies of a million pieces stay far below.</summary>
    public const long MaxBytes = 256L << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Reads a file whose root is an object. The caller disposes the document.</summary>
    public static JsonDocument Open(string path)
    {
        using FileStream stream = OpenBounded(path);
        try
        {
            JsonDocument document = JsonDocument.Parse(stream, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException cause)
        {
            throw new ModelFormatException(path, $"line {cause.LineNumber + 1}: not valid JSON ({cause.Message}). Fetch the file again.", cause);
        }
        catch (InvalidOperationException cause)
        {
            // The reader's way of refusing escaped halves of surrogate pairs in names.
            throw new ModelFormatException(path, $"not valid Unicode ({cause.Message}). Fetch the file again.", cause);
        }

        throw new ModelFormatException(path, "the root must be a JSON object. Fetch the file again.");
    }

    /// <summary>Opens a file that is not larger than <see cref="MaxBytes"/>.</summary>
    public static FileStream OpenBounded(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        if (stream.Length <= MaxBytes)
            return stream;
        long length = stream.Length;
        stream.Dispose();
        throw new ModelFormatException(path, $"{length} bytes; a tokenizer file may have {MaxBytes}. Check that it is the right file.");
    }
}
