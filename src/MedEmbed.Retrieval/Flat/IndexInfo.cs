namespace MedEmbed.Retrieval.Flat;

/// <summary>What an index is and holds.</summary>
public sealed record IndexInfo
{
    /// <summary>The folder, as a full path.</summary>
    public required string Folder { get; init; }

    /// <summary>Documents that can be found.</summary>
    public required long Documents { get; init; }

    /// <summary>Documents removed or replaced whose rows are still on disk.</summary>
    public required long Removed { get; init; }

    /// <summary>The model whose vectors are stored.</summary>
    public required IndexModel Model { get; init; }

    /// <summary>What queries are compared with.</summary>
    public required StoredVectors Vectors { get; init; }

    /// <summary>What candidates are scored again with.</summary>
    public required RescoreVectors Rescore { get; init; }

    /// <summary>Bytes on disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>Counts the commits, from 1.</summary>
    public required long Generation { get; init; }

    /// <summary>Segment files.</summary>
    public required int Segments { get; init; }

    /// <summary>When the last commit was made.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Version of the format on disk.</summary>
    public required int FormatVersion { get; init; }
}
