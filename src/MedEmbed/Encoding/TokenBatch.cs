namespace MedEmbed.Encoding;

/// <summary>Texts that go through the graph together.</summary>
/// <param name="Texts">Which texts, as indices into the call's list.</param>
/// <param name="Length">Tokens of the longest; shorter ones are padded to it.</param>
internal readonly record struct TokenBatch(ReadOnlyMemory<int> Texts, int Length)
{
    /// <summary>Cuts <paramref name="order"/>, sorted by falling length, into batches of at most <paramref name="budget"/> tokens, padding included.</summary>
    /// <param name="order">Indices of texts, the longest first.</param>
    /// <param name="lengths">Tokens of every text.</param>
    /// <param name="budget">Tokens a batch may have; one longer text is a batch of its own.</param>
    public static List<TokenBatch> Plan(ReadOnlyMemory<int> order, ReadOnlySpan<int> lengths, int budget)
    {
        var batches = new List<TokenBatch>();
        for (int start = 0; start < order.Length;)
        {
            int longest = lengths[order.Span[start]];
            int count = Math.Clamp(budget / Math.Max(longest, 1), 1, order.Length - start);
            batches.Add(new TokenBatch(order.Slice(start, count), longest));
            start += count;
        }

        return batches;
    }
}
