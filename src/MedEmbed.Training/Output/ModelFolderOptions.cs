using MedEmbed.Safetensors;

namespace MedEmbed.Training.Output;

/// <summary>How a model folder is written.</summary>
public sealed record ModelFolderOptions
{
    /// <summary>Number format of the weights.</summary>
    public TensorType Weights { get; init; } = TensorType.F32;

    /// <summary>What the model card (<c>README.md</c>) says; null writes none.</summary>
    public ModelCardContent? Card { get; init; }

    /// <summary>Whether a complete folder is replaced.</summary>
    public bool Overwrite { get; init; }
}
