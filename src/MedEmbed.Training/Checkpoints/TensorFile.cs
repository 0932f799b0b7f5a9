using MedEmbed.Safetensors;
using MedEmbed.Training.Encoders;
using static TorchSharp.torch;

namespace MedEmbed.Training.Checkpoints;

/// <summary>Named tensors in a safetensors file, f32.</summary>
internal static class TensorFile
{
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors) =>
        SafetensorsWriter.Write(path, [.. tensors.Select(entry => new TensorData(entry.Key, TensorType.F32, entry.Value.shape, EncoderParameters.ValuesOf(entry.Value)))]);

    /// <summary>Copies the file's values into <paramref name="tensors"/>, which must have its names and shapes.</summary>
    /// <exception cref="ModelFormatException">A tensor is missing or of another shape.</exception>
    public static void ReadInto(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var file = SafetensorsFile.Open(path);
        foreach ((string name, Tensor tensor) in tensors)
        {
            TensorInfo info = file.Find(name);
            if (!info.Shape.SequenceEqual(tensor.shape))
                throw new ModelFormatException(path, $"stores \"{name}\" with shape {info.ShapeText}, but this model's is [{string.Join(", ", tensor.shape)}]: the checkpoint is of another architecture.");
        }

        if (file.Tensors.Count != tensors.Count)
            throw new ModelFormatException(path, $"holds {file.Tensors.Count} tensors, but this run has {tensors.Count}: the checkpoint is of another architecture.");
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach ((string name, Tensor tensor) in tensors)
            tensor.copy_(TorchSharp.torch.tensor(file.Read(name), tensor.shape));
    }
}
