using MedEmbed.Data.Outputs;
using MedEmbed.Models;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.LowRank;

namespace MedEmbed.Training.Output;

/// <summary>Writes complete model folders in sentence-transformers' layout, in the form that its versions up to 5 and 6 both read.</summary>
/// <remarks>Configuration and tokenizer are those of the folder that a model came from, and so are the names of its tensors, and tensors that no vector depends on (a pooler's).</remarks>
public static class ModelFolderWriter
{
    /// <summary>Writes the folder of an encoder whole or not at all; an attached adapter is merged into the weights.</summary>
    /// <exception cref="OutputExistsException">The folder is there, not empty, and not to be overwritten.</exception>
    /// <exception cref="InvalidDataException">A weight is not finite, or too large for the number format.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder, TrainableEncoder encoder, ModelFolderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        Write(folder, encoder.Model, WeightsOf(encoder), options ?? new ModelFolderOptions());
    }

    /// <summary>As <see cref="Write(string, TrainableEncoder, ModelFolderOptions?)"/>, into a folder that is there and that the caller makes complete.</summary>
    public static void WriteInto(string folder, TrainableEncoder encoder, ModelFolderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        WriteInto(folder, encoder.Model, WeightsOf(encoder), options ?? new ModelFolderOptions());
    }

    internal static void Write(string folder, ModelFolder basis, NewWeights weights, ModelFolderOptions options)
    {
        using var output = AtomicFolder.Open(folder, options.Overwrite);
        WriteInto(output.Path, basis, weights, options);
        output.Complete();
    }

    internal static void WriteInto(string folder, ModelFolder basis, NewWeights weights, ModelFolderOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        FolderFiles.Copy(basis, folder, options.Weights);
        ModuleFiles.Write(basis, folder);
        WeightFiles.Write(basis, folder, weights, options.Weights);
        if (options.Card is { } card)
            File.WriteAllText(Path.Combine(folder, "README.md"), ModelCard.Text(card, basis));
    }

    private static NewWeights WeightsOf(TrainableEncoder encoder)
    {
        IReadOnlyDictionary<string, LowRankLayer> adapted = encoder.ToAdapter()?.Layers ?? new Dictionary<string, LowRankLayer>();
        return (name, stored) =>
        {
            float[] values = encoder.Parameters.TryGetValue(name, out TorchSharp.torch.Tensor? parameter) ? EncoderParameters.ValuesOf(parameter) : stored();
            if (adapted.TryGetValue(name.EndsWith(".weight", StringComparison.Ordinal) ? name[..^".weight".Length] : name, out LowRankLayer? layer))
                layer.AddTo(values);
            return values;
        };
    }
}
