namespace MedEmbed.Graph;

/// <summary>What a model computes in.</summary>
public enum Precision
{
    /// <summary>32-bit floating point.</summary>
    F32,

    /// <summary>Matrix products in 8-bit integers, the rest in f32: smaller and faster, vectors within a cosine of 0.99 of f32's.</summary>
    Int8,
}
