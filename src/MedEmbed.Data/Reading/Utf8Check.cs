using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace MedEmbed.Data.Reading;

/// <summary>Refuses bytes that are not UTF-8, with the position of the first wrong one.</summary>
internal static class Utf8Check
{
    /// <exception cref="LineFaultException"><paramref name="line"/> is not UTF-8.</exception>
    public static void Require(ReadOnlySpan<byte> line)
    {
        if (Utf8.IsValid(line))
            return;
        int position = 0;
        while (Rune.DecodeFromUtf8(line[position..], out _, out int consumed) == OperationStatus.Done)
            position += consumed;
        throw new LineFaultException(string.Create(
            CultureInfo.InvariantCulture,
            $"invalid UTF-8 at byte {position + 1} of the line (0x{line[position]:X2}); text must be UTF-8. Convert the file (for example with iconv), or fix the line."));
    }
}
