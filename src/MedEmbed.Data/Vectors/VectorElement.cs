using System.Diagnostics.CodeAnalysis;

namespace MedEmbed.Data.Vectors;

/// <summary>What the numbers of a vector are.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The types are the meaning; NumPy and every vector store name them so.")]
public enum VectorElement
{
    /// <summary>Single precision.</summary>
    Float32,

    /// <summary>Signed bytes.</summary>
    Int8,

    /// <summary>Bits, eight to an unsigned byte, the first dimension in the highest bit (as numpy.packbits).</summary>
    Binary,
}
