namespace MedEmbed.Evaluation.Leaderboards.Reading;

/// <summary>JSON as Python's <c>json</c> writes it: <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> stand where JSON has no such numbers.</summary>
internal static class PythonJson
{
    /// <summary>The same text with <c>null</c> in place of those three, outside of strings. Line numbers stay.</summary>
    public static ReadOnlyMemory<byte> WithoutNonFinite(ReadOnlyMemory<byte> text)
    {
        ReadOnlySpan<byte> rest = text.Span;
        if (rest.IndexOf("NaN"u8) < 0 && rest.IndexOf("Infinity"u8) < 0)
            return text;
        var clean = new MemoryStream(text.Length + 64);
        bool inString = false;
        while (!rest.IsEmpty)
        {
            int length = 1;
            if (inString)
            {
                inString = rest[0] != '"';
                length = rest[0] == '\\' ? Math.Min(2, rest.Length) : 1;
            }
            else if (NonFinite(rest) is > 0 and var word)
            {
                clean.Write("null"u8);
                rest = rest[word..];
                continue;
            }
            else
            {
                inString = rest[0] == '"';
            }

            clean.Write(rest[..length]);
            rest = rest[length..];
        }

        return clean.GetBuffer().AsMemory(0, (int)clean.Length);
    }

    private static int NonFinite(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : rest.StartsWith("-Infinity"u8) ? 9 : 0;
}
