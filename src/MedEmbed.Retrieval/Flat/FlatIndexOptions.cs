using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat;

/// <summary>What a new index holds.</summary>
public sealed record FlatIndexOptions
{
    /// <summary>The model whose vectors are stored; sets dimensions and similarity.</summary>
    public required IndexModel Model { get; init; }

    /// <summary>What queries are compared with.</summary>
    public StoredVectors Vectors { get; init; }

    /// <summary>What candidates are scored again with; null: nothing for f32, int8 otherwise.</summary>
    public RescoreVectors? Rescore { get; init; }

    /// <summary>Documents in a segment file, 1 to 1,048,576. Only a whole segment survives a killed build.</summary>
    public int SegmentRows { get; init; } = 16_384;

    /// <summary>Memory in bytes after which a segment file is written although it has fewer rows.</summary>
    public long SegmentBytes { get; init; } = 64 << 20;

    internal RescoreVectors EffectiveRescore => Rescore ?? (Vectors == StoredVectors.F32 ? RescoreVectors.None : RescoreVectors.Int8);

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Model);
        if (Model.Dimensions is < 1 or > 65_536)
            throw new ArgumentOutOfRangeException(nameof(Model), Model.Dimensions, "A model has 1 to 65,536 dimensions.");
        if (!Enum.IsDefined(Vectors) || !Enum.IsDefined(EffectiveRescore) || !Enum.IsDefined(Model.Similarity))
            throw new ArgumentException("Vectors, rescoring and similarity must be among the values that are defined.");
        if (Vectors == StoredVectors.F32 && EffectiveRescore != RescoreVectors.None)
            throw new ArgumentException("f32 vectors give exact scores; leave Rescore out.");
        if (Vectors == StoredVectors.Binary && Model.Similarity == Similarity.Euclidean)
            throw new ArgumentException("Signs say nothing of distances: binary vectors are for cosine or inner product. Use int8 for Euclidean distance.");
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SegmentRows, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SegmentBytes, 1 << 30);
    }
}
