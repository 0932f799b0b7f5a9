using System.Diagnostics.CodeAnalysis;

namespace MedEmbed.Retrieval.Flat;

/// <summary>What the candidates of an int8 or binary index are scored again with, by the unrounded query.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "int8 is the field's name for these vectors.")]
public enum RescoreVectors
{
    /// <summary>Nothing: the scores of the first stage stand. For a binary index they are estimates of the cosine. f32 indexes need no rescoring.</summary>
    None,

    /// <summary>int8 vectors.</summary>
    Int8,

    /// <summary>f32 vectors: scores are exact.</summary>
    F32,
}
