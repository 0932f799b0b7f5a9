using System.Runtime.InteropServices;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using static TorchSharp.torch;

namespace MedEmbed.Training.Encoders;

/// <summary>An encoder's parameters, f32, under the names of its weight files.</summary>
/// <remarks>The transformer's tensors have their names in <c>model.safetensors</c> without a prefix (<c>encoder.layer.0.…</c>); those of the n-th module,
/// a Dense, are named <c>modules.n.linear.weight</c>. Tensors of the file that no vector depends on (a pooler's) are no parameters.</remarks>
internal sealed class EncoderParameters : IDisposable
{
    private readonly SortedDictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    private EncoderParameters()
    {
    }

    public IReadOnlyDictionary<string, Tensor> All => _tensors;

    public Tensor this[string name] => _tensors[name];

    /// <exception cref="ModelFormatException">A tensor is missing or has another shape than config.json describes.</exception>
    public static EncoderParameters Load(ModelFolder model, Device device)
    {
        var parameters = new EncoderParameters();
        try
        {
            using SafetensorsFile file = model.OpenWeights();
            string prefix = BertTensorNames.PrefixOf(file);
            foreach ((string name, long[] shape) in ShapesOf(model.Config))
                parameters.Add(name, file, prefix + name, shape, device);
            for (int i = 0; i < model.Modules.Count; i++)
            {
                if (model.Modules[i] is not DenseModule dense)
                    continue;
                using var denseFile = SafetensorsFile.Open(dense.WeightsPath);
                parameters.Add(DenseName(i, "weight"), denseFile, "linear.weight", [dense.OutputSize, dense.InputSize], device);
                if (dense.HasBias)
                    parameters.Add(DenseName(i, "bias"), denseFile, "linear.bias", [dense.OutputSize], device);
            }

            return parameters;
        }
        catch
        {
            parameters.Dispose();
            throw;
        }
    }

    public static string DenseName(int module, string part) => FormattableString.Invariant($"modules.{module}.linear.{part}");

    /// <summary>A parameter's present values, in row-major order.</summary>
    public static float[] ValuesOf(Tensor parameter)
    {
        using var scope = NewDisposeScope();
        Tensor values = parameter.detach().cpu().contiguous();
        return MemoryMarshal.Cast<byte, float>(values.bytes).ToArray();
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values)
            tensor.Dispose();
        _tensors.Clear();
    }

    /// <summary>Parameters with the same values in the same memory, and gradients of their own.</summary>
    public EncoderParameters Share()
    {
        using var scope = NewDisposeScope();
        var shared = new EncoderParameters();
        foreach ((string name, Tensor parameter) in _tensors)
            shared._tensors.Add(name, parameter.detach().requires_grad_(parameter.requires_grad).DetachFromDisposeScope());
        return shared;
    }

    /// <summary>Adds a parameter.</summary>
    public Tensor Add(string name, float[] values, long[] shape, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor parameter = tensor(values, shape).to(device).requires_grad_();
        _tensors.Add(name, parameter.DetachFromDisposeScope());
        return parameter;
    }

    private void Add(string name, SafetensorsFile file, string stored, long[] shape, Device device)
    {
        TensorInfo info = file.Find(stored);
        if (!info.Shape.SequenceEqual(shape))
            throw new ModelFormatException(file.Path, $"stores tensor \"{stored}\" with shape {info.ShapeText}, but the configuration describes [{string.Join(", ", shape)}]. Weights and configuration belong to different models.");
        Add(name, file.Read(stored), shape, device);
    }

    private static IEnumerable<(string Name, long[] Shape)> ShapesOf(BertConfig config)
    {
        long hidden = config.HiddenSize;
        yield return (BertTensorNames.WordEmbeddings, [config.VocabularySize, hidden]);
        yield return ("embeddings.position_embeddings.weight", [config.MaxPositions, hidden]);
        yield return ("embeddings.token_type_embeddings.weight", [config.TokenTypes, hidden]);
        yield return ("embeddings.LayerNorm.weight", [hidden]);
        yield return ("embeddings.LayerNorm.bias", [hidden]);
        for (int layer = 0; layer < config.Layers; layer++)
        {
            string name = FormattableString.Invariant($"encoder.layer.{layer}.");
            foreach ((string part, int outputs, int inputs) in BertLinearLayers.OfOneLayer(config))
            {
                yield return ($"{name}{part}.weight", [outputs, inputs]);
                yield return ($"{name}{part}.bias", [outputs]);
            }

            foreach (string part in (string[])["attention.output.LayerNorm", "output.LayerNorm"])
            {
                yield return ($"{name}{part}.weight", [hidden]);
                yield return ($"{name}{part}.bias", [hidden]);
            }
        }
    }
}
