using static TorchSharp.torch;

namespace MedEmbed.Training.LowRank;

/// <summary>Low-rank additions to linear layers: y = W·x + scale · B·(A·x) (LoRA, Hu et al. 2021, arXiv 2106.09685).</summary>
internal sealed class LowRankAdapters
{
    private readonly Dictionary<string, (Tensor A, Tensor B, double Scale)> _byLayer = new(StringComparer.Ordinal);

    /// <summary>The layer's output with its addition, or null where it has none.</summary>
    public Tensor? TryAdd(string layer, Tensor input, Tensor output)
    {
        if (!_byLayer.TryGetValue(layer, out var adapter))
            return null;
        Tensor inner = nn.functional.linear(input, adapter.A.to(input.dtype));
        return output + (nn.functional.linear(inner, adapter.B.to(input.dtype)) * adapter.Scale);
    }
}
