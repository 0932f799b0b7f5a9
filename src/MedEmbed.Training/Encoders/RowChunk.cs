namespace MedEmbed.Training.Encoders;

/// <summary>Texts of like length that go through the model together.</summary>
/// <param name="Rows">Numbers of the texts.</param>
/// <param name="Length">Tokens of the longest.</param>
internal sealed record RowChunk(IReadOnlyList<int> Rows, int Length)
{
    /// <summary>Puts all of <paramref name="rows"/>, longest first, into chunks of at most <paramref name="budget"/> tokens, padding included; a longer text is a chunk of its own.</summary>
    public static List<RowChunk> Plan(IReadOnlyList<TokenRow> rows, int budget)
    {
        int[] order = [.. Enumerable.Range(0, rows.Count).OrderByDescending(row => rows[row].Length)];
        var chunks = new List<RowChunk>();
        for (int start = 0; start < order.Length;)
        {
            int length = rows[order[start]].Length;
            int count = Math.Clamp(budget / length, 1, order.Length - start);
            chunks.Add(new RowChunk(order[start..(start + count)], length));
            start += count;
        }

        return chunks;
    }
}
