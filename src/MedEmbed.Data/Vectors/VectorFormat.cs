namespace MedEmbed.Data.Vectors;

/// <summary>How a file of vectors is laid out.</summary>
public enum VectorFormat
{
    /// <summary>One <c>{"_id","embedding":[…]}</c> a line.</summary>
    JsonLines,

    /// <summary>NumPy's array, version 1: rows in the order of writing; ids are not kept.</summary>
    Npy,

    /// <summary>Parquet: <c>_id</c> a string, <c>embedding</c> a list; row groups of at most 10,000 rows.</summary>
    Parquet,
}
