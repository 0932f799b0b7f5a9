using System.Buffers.Binary;

namespace MedEmbed.Tests.Safetensors;

/// <summary>Safetensors files byte by byte, also such as no writer would write.</summary>
internal static class RawSafetensors
{
    /// <summary>Header length, header and data.</summary>
    /// <param name="header">The header's text.</param>
    /// <param name="dataBytes">Bytes of zeros behind it.</param>
    /// <param name="headerLength">What the file says about the header's length; null for the truth.</param>
    public static byte[] Of(string header, int dataBytes, ulong? headerLength = null)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, headerLength ?? (ulong)text.Length);
        text.CopyTo(file, 8);
        return file;
    }
}
