using System.Diagnostics.CodeAnalysis;

namespace MedEmbed.Retrieval.Flat;

/// <summary>What an index compares a query with.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "int8 is the field's name for these vectors.")]
public enum StoredVectors
{
    /// <summary>Full precision; scores are exact.</summary>
    F32,

    /// <summary>One byte a dimension; about a quarter of the memory read for a query.</summary>
    Int8,

    /// <summary>One bit a dimension; a thirty-second of the memory read for a query. For cosine and inner product.</summary>
    Binary,
}
