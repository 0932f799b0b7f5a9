namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>A segment of a generation with its deleted rows and the number of its first row in the index.</summary>
internal sealed record OpenSegment(SegmentEntry Entry, Segment Segment, DeletedRows? Deleted, long FirstRow)
{
    public static OpenSegment Open(string folder, SegmentEntry entry, IndexManifest manifest, long firstRow)
    {
        RequirePlainName(folder, entry.File);
        DeletedRows? deleted = null;
        if (entry.Deleted is { } file)
        {
            RequirePlainName(folder, file);
            deleted = DeletedRows.Read(Path.Combine(folder, file), (int)entry.Rows);
            if (deleted.Count != entry.DeletedRows)
                throw new IndexFormatException(Path.Combine(folder, file), $"it marks {deleted.Count} rows and the manifest records {entry.DeletedRows}: a file of another generation. Restore it or build the index again.");
        }

        return new OpenSegment(entry, Segment.Open(folder, entry, manifest), deleted, firstRow);
    }

    private static void RequirePlainName(string folder, string file)
    {
        if (file.Length == 0 || Path.GetFileName(file) != file || file is "." or "..")
            throw new IndexFormatException(Path.Combine(folder, ManifestFile.FileName), $"field \"file\" is \"{file}\", which must be a name without a folder. Build the index again.");
    }
}
