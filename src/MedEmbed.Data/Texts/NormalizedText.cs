using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace MedEmbed.Data.Texts;

/// <summary>The form in which texts are compared that differ in case, punctuation and white space alone: letters and digits in lower case, words one space apart, nothing else.</summary>
/// <remarks>The same in every culture and without ICU. Accents stay, and a composed letter is not its decomposed form. Thread-safe.</remarks>
public static class NormalizedText
{
    /// <summary>The normalised form of <paramref name="text"/>; empty where it has neither letter nor digit.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        char[] buffer = ArrayPool<char>.Shared.Rent(text.Length);
        string normalized = buffer.AsSpan(0, Write(text, buffer)).ToString();
        ArrayPool<char>.Shared.Return(buffer);
        return normalized;
    }

    /// <summary>A 128-bit hash of the normalised form, the same on every run: among n texts two different ones share it with a probability of about n²/2^129.</summary>
    public static UInt128 HashOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        char[] buffer = ArrayPool<char>.Shared.Rent(text.Length);
        UInt128 hash = Hash(buffer.AsSpan(0, Write(text, buffer)));
        ArrayPool<char>.Shared.Return(buffer);
        return hash;
    }

    internal static UInt128 Hash(ReadOnlySpan<char> text) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text));

    /// <summary>Writes the normalised form, which is never longer than the text, and gives its length.</summary>
    internal static int Write(ReadOnlySpan<char> text, Span<char> destination)
    {
        int length = 0;
        bool gap = false;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
            text = text[consumed..];
            if (!Rune.IsLetterOrDigit(rune))
            {
                gap = length > 0;
                continue;
            }

            if (gap)
                destination[length++] = ' ';
            gap = false;
            length += Rune.ToLowerInvariant(rune).EncodeToUtf16(destination[length..]);
        }

        return length;
    }
}
