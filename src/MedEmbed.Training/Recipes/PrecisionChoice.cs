namespace MedEmbed.Training.Recipes;

/// <summary>What a run computes in.</summary>
public enum PrecisionChoice
{
    /// <summary>Whichever of the two is faster on the first batch.</summary>
    Auto,

    /// <summary>32-bit floats.</summary>
    F32,

    /// <summary>bfloat16 with f32 parameters.</summary>
    BF16,
}
