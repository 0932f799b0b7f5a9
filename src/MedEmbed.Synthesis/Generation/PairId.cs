namespace MedEmbed.Synthesis.Generation;

/// <summary>Ids of queries, which stand in TREC files and so hold no white space.</summary>
internal static class PairId
{
    /// <summary>The id of a note's part, white space and per cent signs as <c>%XX</c>, so that two ids never become one.</summary>
    public static string Of(string partId)
    {
        if (!partId.Any(static c => char.IsWhiteSpace(c) || c == '%'))
            return partId;
        return string.Concat(partId.Select(static c => char.IsWhiteSpace(c) || c == '%' ? FormattableString.Invariant($"%{(int)c:X2}") : c.ToString()));
    }
}
