namespace MedEmbed.Retrieval;

/// <summary>Compares strings as their UTF-8 bytes compare, without encoding them: the order in which trec_eval breaks ties of document ids.</summary>
/// <remarks>
/// UTF-8 bytes sort as code points do. UTF-16 units do too, except that surrogates (U+10000 and above) come before U+E000–U+FFFF.
/// </remarks>
public static class Utf8Order
{
    /// <summary>Below 0 where <paramref name="left"/> comes first, 0 where both are equal, above 0 where <paramref name="right"/> comes first.</summary>
    public static int Compare(string left, string right)
    {
        int common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length - right.Length;
        return CodePointWeight(left[common]) - CodePointWeight(right[common]);
    }

    private static int CodePointWeight(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
