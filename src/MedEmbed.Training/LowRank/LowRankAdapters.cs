using MedEmbed.Training.Encoders;
using MedEmbed.Training.Libtorch;
using static TorchSharp.torch;

namespace MedEmbed.Training.LowRank;

/// <summary>An adapter under training: its matrices as parameters of the encoder.</summary>
internal sealed class LowRankAdapters
{
    private readonly LowRankAdapter _start;
    private readonly Dictionary<string, (Tensor A, Tensor B, double Scale)> _byLayer = new(StringComparer.Ordinal);

    private LowRankAdapters(LowRankAdapter start) => _start = start;

    /// <summary>Makes the adapter's matrices parameters, named as in PEFT (<c>LAYER.lora_A.weight</c>), and stops the training of all that were there.</summary>
    /// <exception cref="ArgumentException">The adapter's sizes are not those of the model.</exception>
    public static LowRankAdapters Attach(LowRankAdapter adapter, EncoderParameters parameters, Device device)
    {
        foreach ((string name, LowRankLayer layer) in adapter.Layers)
        {
            if (parameters.All.TryGetValue($"{name}.weight", out Tensor? weight) && !weight.shape.SequenceEqual([layer.Outputs, layer.Inputs]))
                throw new ArgumentException($"The adapter is for another model: its layer \"{name}\" has {layer.Outputs} × {layer.Inputs} numbers, the model's [{string.Join(", ", weight.shape)}].", nameof(adapter));
        }

        foreach (Tensor parameter in parameters.All.Values)
            parameter.requires_grad_(false);
        var adapters = new LowRankAdapters(adapter);

        // A pooler's addition changes no vector: it is kept, and not trained.
        foreach ((string name, LowRankLayer layer) in adapter.Layers.Where(entry => parameters.All.ContainsKey($"{entry.Key}.weight")))
        {
            adapters._byLayer.Add(name, (
                parameters.Add($"{name}.lora_A.weight", layer.A.ToArray(), [layer.Rank, layer.Inputs], device),
                parameters.Add($"{name}.lora_B.weight", layer.B.ToArray(), [layer.Outputs, layer.Rank], device),
                layer.Scale));
        }

        return adapters;
    }

    /// <summary>The same adapter over parameters that share these ones' values.</summary>
    public LowRankAdapters On(EncoderParameters shared)
    {
        var adapters = new LowRankAdapters(_start);
        foreach ((string name, (_, _, double scale)) in _byLayer)
            adapters._byLayer.Add(name, (shared[$"{name}.lora_A.weight"], shared[$"{name}.lora_B.weight"], scale));
        return adapters;
    }

    /// <summary>The layer's output with its addition, or null where it has none.</summary>
    public Tensor? TryAdd(string layer, Tensor input, Tensor output)
    {
        if (!_byLayer.TryGetValue(layer, out var adapter))
            return null;
        using var scope = NewDisposeScope();
        Tensor inner = nn.functional.linear(input, adapter.A.to(input.dtype));
        Tensor addition = nn.functional.linear(inner, adapter.B.to(input.dtype)).Times(adapter.Scale);
        return output.Plus(addition).MoveToOuterDisposeScope();
    }

    /// <summary>The adapter with the matrices' present values.</summary>
    public LowRankAdapter ToAdapter()
    {
        var layers = new SortedDictionary<string, LowRankLayer>(StringComparer.Ordinal);
        foreach ((string name, LowRankLayer layer) in _start.Layers)
        {
            layers.Add(name, _byLayer.TryGetValue(name, out var matrices)
                ? layer with { A = EncoderParameters.ValuesOf(matrices.A), B = EncoderParameters.ValuesOf(matrices.B) }
                : layer);
        }

        return new LowRankAdapter(_start.Config, layers, _start.ModulePrefix);
    }
}
