using MedEmbed.Retrieval;

namespace MedEmbed.Synthesis.Mining.Scoring;

/// <summary>Takes candidates out of a ranking in which passages stand that are none.</summary>
internal static class Rankings
{
    /// <summary>The first <paramref name="depth"/> hits that are candidates; null where the ranking is too short to tell, and a longer one is needed.</summary>
    /// <param name="hits">The ranking.</param>
    /// <param name="asked">How many hits it was asked for.</param>
    /// <param name="candidates">Passages with lower numbers are candidates.</param>
    /// <param name="depth">Candidates wanted.</param>
    public static int[]? Candidates(IReadOnlyList<SearchHit> hits, int asked, int candidates, int depth)
    {
        List<int> found = new(depth);
        for (int i = 0; i < hits.Count && found.Count < depth; i++)
        {
            if (hits[i].Row < candidates)
                found.Add((int)hits[i].Row);
        }

        return found.Count == depth || hits.Count < asked ? [.. found] : null;
    }
}
