namespace MedEmbed.Training.Encoders;

/// <summary>What forward and backward passes compute in; parameters, gradients and the optimiser's state are f32 in either.</summary>
public enum ComputePrecision
{
    /// <summary>32-bit floats.</summary>
    F32,

    /// <summary>bfloat16, with f32 parameters: each use of a parameter rounds it, and its gradient comes back as f32.</summary>
    BF16,
}
