namespace MedEmbed.Cli.CommandLine;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class Spelling
{
    /// <summary>The nearest of <paramref name="words"/>; null where more than a third of the letters differ.</summary>
    public static string? Nearest(string given, IEnumerable<string> words)
    {
        (string Word, int Distance) best = words
            .Select(word => (Word: word, Distance: Distance(given, word)))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .FirstOrDefault(("", int.MaxValue));
        return best.Distance <= Math.Max(given.Trim('-').Length, best.Word.Trim('-').Length) / 3 ? best.Word : null;
    }

    /// <summary>Letters left out, put in, changed, or swapped with their neighbour (optimal string alignment distance).</summary>
    private static int Distance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            distance[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            distance[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(changed, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }

        return distance[a.Length, b.Length];
    }
}
