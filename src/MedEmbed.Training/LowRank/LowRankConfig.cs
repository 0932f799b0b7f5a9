namespace MedEmbed.Training.LowRank;

/// <summary>Settings of a low-rank adapter, in the sense of PEFT's <c>adapter_config.json</c>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record LowRankConfig
{
    /// <summary>The linear layers that an adapter of a BERT usually changes: all those of attention and feed-forward.</summary>
    public static IReadOnlyList<string> AllLayers { get; } = ["query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense"];

    /// <summary>Which layers are adapted.</summary>
    public required LayerSelection Targets { get; init; }

    /// <summary>r: columns of the first matrix and rows of the second, at least 1.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>α: an adapter's product counts α / r times (<see cref="RankStabilized"/>: α / √r times).</summary>
    public double Alpha { get; init; } = 32;

    /// <summary>Other ranks for some layers: a regular expression for the end of the name, and r; the first that fits holds.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> RankPattern { get; init; } = [];

    /// <summary>Other α for some layers, as <see cref="RankPattern"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> AlphaPattern { get; init; } = [];

    /// <summary>Scale by α / √r in place of α / r (rank-stabilised LoRA, Kalajdzievski 2023, arXiv 2312.03732).</summary>
    public bool RankStabilized { get; init; }

    /// <summary>Share of an adapter's inputs that were dropped when it was trained elsewhere, from 0 to below 1. Kept in the file; vectors do not depend on it, and training here drops none.</summary>
    public double Dropout { get; init; }

    /// <summary>Name or path of the model the adapter belongs to; null where it is not said.</summary>
    public string? BaseModel { get; init; }

    /// <summary>r of the layer of this name.</summary>
    public int RankOf(string layer) => ValueOf(RankPattern, layer, Rank);

    /// <summary>How often the product of the layer's matrices counts.</summary>
    public double ScaleOf(string layer)
    {
        double alpha = ValueOf(AlphaPattern, layer, Alpha);
        return alpha / (RankStabilized ? Math.Sqrt(RankOf(layer)) : RankOf(layer));
    }

    private static T ValueOf<T>(IReadOnlyList<KeyValuePair<string, T>> patterns, string layer, T usual)
    {
        foreach ((string pattern, T value) in patterns)
        {
            if (LayerPattern.MatchesEnd(pattern, layer))
                return value;
        }

        return usual;
    }
}
