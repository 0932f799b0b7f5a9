namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>A segment as the manifest names it.</summary>
internal sealed record SegmentEntry
{
    public required string File { get; init; }

    public required long Bytes { get; init; }

    public required long Rows { get; init; }

    /// <summary>XXH128 of the header in hexadecimal, which holds the checksums of all sections: no other file can take the segment's place.</summary>
    public required string Header { get; init; }

    /// <summary>File of the rows deleted; null: none.</summary>
    public string? Deleted { get; init; }

    public long DeletedRows { get; init; }
}
