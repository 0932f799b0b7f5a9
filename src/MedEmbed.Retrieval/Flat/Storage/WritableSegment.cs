namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>A segment in a transaction: its file never changes, which of its rows are deleted does.</summary>
internal sealed class WritableSegment(OpenSegment opened) : IDisposable
{
    private bool _changed;

    public SegmentEntry Entry { get; private set; } = opened.Entry;

    public Segment Segment { get; } = opened.Segment;

    public DeletedRows? Deleted { get; private set; } = opened.Deleted;

    public int LiveRows => Segment.Rows - (Deleted?.Count ?? 0);

    public void Delete(int row)
    {
        Deleted ??= new DeletedRows(Segment.Rows);
        _changed |= Deleted.Add(row);
    }

    public void WriteDeleted(string folder, Func<string> nextFile)
    {
        if (!_changed || LiveRows == 0)
            return;
        string file = nextFile();
        Deleted!.Write(Path.Combine(folder, file));
        Entry = Entry with { Deleted = file, DeletedRows = Deleted.Count };
        _changed = false;
    }

    public void Dispose() => Segment.Dispose();
}
