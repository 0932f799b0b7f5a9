using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Vectors;

/// <summary>Streams the vectors of a <c>.jsonl</c> (compressed or not) or <c>.npy</c> file.</summary>
public static class VectorReader
{
    /// <summary>The vectors in file order, one in memory at a time.</summary>
    /// <exception cref="DataFormatException">The file is of another kind, damaged or cut off, or a vector's length differs from the first one's.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static IAsyncEnumerable<VectorRecord> ReadAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return InputFile.FormatExtension(path) switch
        {
            ".npy" => ReadNpyAsync(path, cancellationToken),
            ".jsonl" or ".ndjson" => ReadJsonLinesAsync(path, options ?? ReadOptions.Default, cancellationToken),
            _ => throw new DataFormatException(path, null, "has neither of the extensions .jsonl and .npy."),
        };
    }

    private static async IAsyncEnumerable<VectorRecord> ReadNpyAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        NpyHeader header = NpyHeader.Read(file, path);
        if ((Int128)header.Rows * header.Columns * header.ElementBytes != file.Length - file.Position)
            throw new DataFormatException(path, null, $"has {file.Length - file.Position} bytes of data where {header.Rows} × {header.Columns} elements of {header.ElementBytes} are announced; it is cut off or damaged.");
        byte[] row = new byte[header.Columns * header.ElementBytes];
        for (long i = 0; i < header.Rows; i++)
        {
            await file.ReadExactlyAsync(row, cancellationToken).ConfigureAwait(false);
            yield return new VectorRecord(DocumentParser.NumberAsId(i), ToFloats(row, header.Element));
        }
    }

    private static float[] ToFloats(byte[] row, VectorElement element) => element switch
    {
        VectorElement.Float32 => MemoryMarshal.Cast<byte, float>(row).ToArray(),
        VectorElement.Int8 => Array.ConvertAll(row, value => (float)(sbyte)value),
        _ => Array.ConvertAll(row, value => (float)value),
    };

    private static async IAsyncEnumerable<VectorRecord> ReadJsonLinesAsync(string path, ReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int dimensions = 0;
        await using InputFile input = InputFile.Open(path);
        using Utf8LineReader lines = new(input, options);
        LineStream<VectorRecord> stream = new(input, options, new BadLines(), (line, number) => Parse(line, number, options.MaxJsonDepth, ref dimensions));
        await foreach (VectorRecord record in stream.ReadAsync(lines, cancellationToken).ConfigureAwait(false))
            yield return record;
    }

    private static VectorRecord Parse(ReadOnlySpan<byte> line, long number, int maxDepth, ref int dimensions)
    {
        string? id = null;
        List<float> values = [];
        JsonFields fields = new(line, maxDepth);
        while (fields.Next())
        {
            if (fields.Is("_id"u8))
            {
                id = fields.ReadId("_id");
            }
            else if (fields.Is("embedding"u8))
            {
                fields.EnterArray("embedding");
                while (fields.NextNumber("embedding", out float value))
                    values.Add(value);
            }
            else
            {
                fields.Skip();
            }
        }

        if (values.Count == 0 || (dimensions != 0 && values.Count != dimensions))
        {
            throw new LineFaultException(string.Create(
                CultureInfo.InvariantCulture,
                $"field \"embedding\" has {values.Count} numbers{(dimensions == 0 ? "" : $" where the file's first has {dimensions}")}; all vectors of a file have the same length, and none is empty."));
        }

        dimensions = values.Count;
        return new VectorRecord(id ?? DocumentParser.NumberAsId(number), [.. values]);
    }
}
