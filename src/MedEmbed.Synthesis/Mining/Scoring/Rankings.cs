namespace MedEmbed.Synthesis.Mining.Scoring;

/// <summary>Takes candidates out of a ranking in which passages stand that are none.</summary>
internal static class Rankings
{
    /// <summary>The first <paramref name="depth"/> passages that are candidates; null where the ranking is too short to tell, and a longer one is needed.</summary>
    /// <param name="rows">The ranking, best first.</param>
    /// <param name="asked">How many passages it was asked for.</param>
    /// <param name="candidates">Passages with lower numbers are candidates.</param>
    /// <param name="depth">Candidates wanted.</param>
    public static int[]? Candidates(ReadOnlySpan<long> rows, int asked, int candidates, int depth)
    {
        List<int> found = new(depth);
        for (int i = 0; i < rows.Length && found.Count < depth; i++)
        {
            if (rows[i] < candidates)
                found.Add((int)rows[i]);
        }

        return found.Count == depth || rows.Length < asked ? [.. found] : null;
    }
}
