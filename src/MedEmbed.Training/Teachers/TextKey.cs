using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MedEmbed.Training.Teachers;

/// <summary>Names a text by a 128-bit hash of its characters, the same on every run.</summary>
internal static class TextKey
{
    public static UInt128 Of(string text) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text.AsSpan()));
}
