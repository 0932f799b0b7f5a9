namespace MedEmbed.Synthesis.Mining.Filtering;

/// <summary>Chooses negatives: sources take turns, each giving its next passage that is not chosen yet, until enough are chosen or all are spent.</summary>
internal static class TurnTaking
{
    /// <summary>Chooses at most <paramref name="wanted"/> of the lists, at most a list's cap of each.</summary>
    /// <returns>Passages with the number of their list, as they were chosen.</returns>
    public static List<(int Passage, int List)> Choose(IReadOnlyList<int[]> lists, IReadOnlyList<int?> caps, int wanted)
    {
        List<(int Passage, int List)> chosen = [];
        HashSet<int> seen = [];
        int[] next = new int[lists.Count], taken = new int[lists.Count];
        for (bool any = true; any && chosen.Count < wanted;)
        {
            any = false;
            for (int list = 0; list < lists.Count && chosen.Count < wanted; list++)
            {
                if (taken[list] >= (caps[list] ?? wanted))
                    continue;
                while (next[list] < lists[list].Length && seen.Contains(lists[list][next[list]]))
                    next[list]++;
                if (next[list] == lists[list].Length)
                    continue;
                int passage = lists[list][next[list]++];
                seen.Add(passage);
                taken[list]++;
                chosen.Add((passage, list));
                any = true;
            }
        }

        return chosen;
    }
}
