using System.Numerics.Tensors;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Training.Encoders;

namespace MedEmbed.Training.Output;

/// <summary>Writes a model's weights, tensor by tensor, under the names of the folder that it came from.</summary>
internal static class WeightFiles
{
    private static readonly string[] Floats = ["F32", "F16", "BF16"];

    public static void Write(ModelFolder basis, string folder, NewWeights weights, TensorType type)
    {
        using SafetensorsFile file = basis.OpenWeights();
        string prefix = BertTensorNames.PrefixOf(file);
        WriteOne(file, Path.Combine(folder, "model.safetensors"), type, (name, stored) => weights(WithoutPrefix(name, prefix), stored));
        for (int i = 0; i < basis.Modules.Count; i++)
        {
            if (basis.Modules[i] is not DenseModule dense)
                continue;
            int module = i;
            using var denseFile = SafetensorsFile.Open(dense.WeightsPath);
            string path = Path.Combine(folder, ModuleFiles.FolderOf(basis, i), "model.safetensors");
            WriteOne(denseFile, path, type, (name, stored) => weights(EncoderParameters.DenseName(module, WithoutPrefix(name, "linear.")), stored));
        }
    }

    private static string WithoutPrefix(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;

    private static void WriteOne(SafetensorsFile file, string path, TensorType type, NewWeights weights)
    {
        SafetensorsWriter.WriteStreamed(path, [.. file.Tensors.Values.Select(info => Floats.Contains(info.TypeName)
            ? TensorSource.Of(info.Name, type, info.Shape, () => Checked(info.Name, weights(info.Name, () => file.Read(info.Name)), type))
            : TensorSource.CopyOf(file, info.Name))]);
    }

    private static float[] Checked(string name, float[] values, TensorType type)
    {
        float largest = values.Length == 0 ? 0 : TensorPrimitives.MaxMagnitude<float>(values);
        if (!float.IsFinite(largest))
            throw new InvalidDataException($"Tensor \"{name}\" holds a number that is not finite; the model is broken, and is not written. Go back to an earlier checkpoint.");
        if (type == TensorType.F16 && MathF.Abs(largest) > (float)Half.MaxValue)
            throw new InvalidDataException(FormattableString.Invariant($"Tensor \"{name}\" holds {largest}, beyond the largest number of f16 ({(float)Half.MaxValue}). Write the weights as f32."));
        return values;
    }
}
