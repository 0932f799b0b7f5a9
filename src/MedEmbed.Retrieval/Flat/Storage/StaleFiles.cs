namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Files of earlier generations and of writers that were killed.</summary>
internal static class StaleFiles
{
    /// <summary>Deletes what <paramref name="manifest"/> does not name and looks like a file of an index; anything else in the folder is left alone.
    /// The caller holds the writer's lock.</summary>
    public static void Delete(string folder, IndexManifest manifest)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (SegmentEntry entry in manifest.Segments)
        {
            used.Add(entry.File);
            if (entry.Deleted is not null)
                used.Add(entry.Deleted);
        }

        foreach (string path in Directory.EnumerateFiles(folder))
        {
            string name = Path.GetFileName(path);
            if (!used.Contains(name) && IsOurs(name))
                TryDelete(path);
        }
    }

    private static bool IsOurs(string name) =>
        (name.StartsWith("segment-", StringComparison.Ordinal) && name.EndsWith(".seg", StringComparison.Ordinal))
        || (name.StartsWith("deleted-", StringComparison.Ordinal) && name.EndsWith(".bits", StringComparison.Ordinal))
        || (name.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal)
            && (name.StartsWith("segment-", StringComparison.Ordinal) || name.StartsWith("deleted-", StringComparison.Ordinal)
                || name.StartsWith(ManifestFile.FileName, StringComparison.Ordinal)));

    // Windows keeps a file that a reader has mapped; the next commit tries again.
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception held) when (OperatingSystem.IsWindows() && held is IOException or UnauthorizedAccessException)
        {
        }
    }
}
