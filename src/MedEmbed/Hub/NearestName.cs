namespace MedEmbed.Hub;

/// <summary>The name a user may have meant, by Levenshtein distance without regard to case.</summary>
internal static class NearestName
{
    /// <summary>The nearest of <paramref name="names"/>, or null where none is near: a third of the characters may differ, or one name starts or ends with
    /// the other.</summary>
    public static string? Of(string given, IReadOnlyList<string> names)
    {
        string wanted = given.ToUpperInvariant();
        return names
            .Select(name => (Name: name, Upper: name.ToUpperInvariant()))
            .Select(candidate => (candidate.Name, Distance: Contains(candidate.Upper, wanted) ? 1 : Distance(wanted, candidate.Upper)))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Max(wanted.Length, candidate.Name.Length) / 3))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name).FirstOrDefault();
    }

    internal static int Distance(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        int[] row = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 0; i < first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < second.Length; j++)
            {
                int substituted = diagonal + (first[i] == second[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substituted, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[second.Length];
    }

    private static bool Contains(string candidate, string wanted) =>
        wanted.Length >= 3
        && (candidate.StartsWith(wanted, StringComparison.Ordinal) || candidate.EndsWith(wanted, StringComparison.Ordinal)
            || wanted.EndsWith(candidate, StringComparison.Ordinal) || wanted.StartsWith(candidate, StringComparison.Ordinal));
}
