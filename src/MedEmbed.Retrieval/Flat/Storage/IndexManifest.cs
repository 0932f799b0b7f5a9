using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>What makes a set of files one generation of an index.</summary>
internal sealed record IndexManifest
{
    public required long Generation { get; init; }

    public required IndexModel Model { get; init; }

    public required StoredVectors Vectors { get; init; }

    public required RescoreVectors Rescore { get; init; }

    public required int SegmentRows { get; init; }

    public required long SegmentBytes { get; init; }

    /// <summary>The number of the next file; numbers are never used twice in a committed index.</summary>
    public required long NextFile { get; init; }

    public required IReadOnlyList<SegmentEntry> Segments { get; init; }

    public BuildEntry? Build { get; init; }

    public int Dimensions => Model.Dimensions;

    public Similarity Similarity => Model.Similarity;

    public bool HasF32 => Vectors == StoredVectors.F32 || Rescore == RescoreVectors.F32;

    public bool HasInt8 => Vectors == StoredVectors.Int8 || Rescore == RescoreVectors.Int8;

    public bool HasBinary => Vectors == StoredVectors.Binary;

    public static IndexManifest Of(FlatIndexOptions options) => new()
    {
        Generation = 0,
        Model = options.Model,
        Vectors = options.Vectors,
        Rescore = options.EffectiveRescore,
        SegmentRows = options.SegmentRows,
        SegmentBytes = options.SegmentBytes,
        NextFile = 1,
        Segments = [],
    };
}
