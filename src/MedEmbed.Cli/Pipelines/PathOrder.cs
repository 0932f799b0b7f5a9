namespace MedEmbed.Cli.Pipelines;

/// <summary>Which path lies within which.</summary>
internal static class PathOrder
{
    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or lies below it; both full.</summary>
    public static bool IsWithin(string path, string folder)
    {
        string above = Path.TrimEndingDirectorySeparator(folder), below = Path.TrimEndingDirectorySeparator(path);
        return below.StartsWith(above, StringComparison.Ordinal) && (below.Length == above.Length || below[above.Length] == Path.DirectorySeparatorChar || Path.EndsInDirectorySeparator(above));
    }
}
