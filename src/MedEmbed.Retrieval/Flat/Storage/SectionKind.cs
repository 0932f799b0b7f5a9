namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>What a section of a segment file holds. The numbers are part of the format.</summary>
internal enum SectionKind
{
    /// <summary>Rows of f32, each padded with zeros to a multiple of 64 bytes.</summary>
    F32Vectors = 1,

    /// <summary>Rows of int8 codes, each padded with zeros to a multiple of 32 bytes.</summary>
    Int8Vectors = 2,

    /// <summary>The int8 ranges: the minimum of each dimension, then the step of each, f32.</summary>
    Int8Ranges = 3,

    /// <summary>Rows of packed signs, each padded with zeros to a multiple of 8 bytes.</summary>
    BinaryVectors = 4,

    /// <summary>rows + 1 offsets (i64) into <see cref="Ids"/>.</summary>
    IdOffsets = 5,

    /// <summary>The ids in UTF-8, row after row.</summary>
    Ids = 6,

    /// <summary>XXH3 (64 bits) of each id, ascending.</summary>
    IdHashes = 7,

    /// <summary>The row (i32) of each hash, in the order of <see cref="IdHashes"/>; rows of equal hashes ascending.</summary>
    IdRows = 8,

    /// <summary>rows + 1 offsets (i64) into <see cref="Documents"/>.</summary>
    DocumentOffsets = 9,

    /// <summary>Title, text and metadata, row after row (see <see cref="DocumentRecord"/>).</summary>
    Documents = 10,
}
