using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MedEmbed.Data.Vectors;

/// <summary>The header of NumPy's array format (NEP 1), version 1, for a two-dimensional array in C order.</summary>
internal sealed partial record NpyHeader(VectorElement Element, long Rows, int Columns)
{
    /// <summary>Bytes of every header written here: room for any number of rows, so that the header can be written again at the end.</summary>
    public const int WrittenBytes = 128;

    private const int PreambleBytes = 10;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Bytes an element has.</summary>
    public int ElementBytes => Element == VectorElement.Float32 ? sizeof(float) : sizeof(byte);

    public byte[] ToBytes()
    {
        byte[] header = new byte[WrittenBytes];
        Magic.CopyTo(header);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), WrittenBytes - PreambleBytes);
        string type = Element switch { VectorElement.Float32 => "<f4", VectorElement.Int8 => "|i1", _ => "|u1" };
        string description = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({Rows}, {Columns}), }}");
        Encoding.ASCII.GetBytes(description.PadRight(WrittenBytes - PreambleBytes - 1) + "\n", header.AsSpan(PreambleBytes));
        return header;
    }

    /// <summary>Reads the header at the stream's beginning and leaves the stream at the first row.</summary>
    /// <exception cref="DataFormatException">The stream is no .npy file, or holds something else than rows of f4, i1 or u1.</exception>
    public static NpyHeader Read(Stream stream, string path)
    {
        byte[] preamble = new byte[PreambleBytes];
        if (stream.ReadAtLeast(preamble, PreambleBytes, throwOnEndOfStream: false) < PreambleBytes || !preamble.AsSpan().StartsWith(Magic) || preamble[6] != 1)
            throw new DataFormatException(path, null, "is no .npy file of version 1.");
        byte[] text = new byte[BinaryPrimitives.ReadUInt16LittleEndian(preamble.AsSpan(8))];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
            throw new DataFormatException(path, null, "ends within its header; it is cut off.");
        string description = Encoding.ASCII.GetString(text);
        Match match = Form().Match(description);
        if (!match.Success
            || !long.TryParse(match.Groups["rows"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long rows)
            || !int.TryParse(match.Groups["columns"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int columns))
        {
            throw new DataFormatException(path, null, $"holds {description.Trim()}; a two-dimensional array in C order of '<f4', '|i1' or '|u1' is needed.");
        }

        VectorElement element = match.Groups["type"].Value switch { "<f4" => VectorElement.Float32, "|i1" => VectorElement.Int8, _ => VectorElement.Binary };
        return new NpyHeader(element, rows, columns);
    }

    [GeneratedRegex(@"^\{'descr': '(?<type><f4|\|i1|\|u1)', 'fortran_order': False, 'shape': \((?<rows>\d+), (?<columns>\d+)\), *\}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
