using System.Globalization;

namespace MedEmbed.Training.Optimization;

/// <summary>Learning rates that fall from the last layer to the first (Howard and Ruder 2018): lower layers hold what is general, and change less.</summary>
/// <remarks>With L layers and decay d, layer k (from 0) learns at dᴸ⁻¹⁻ᵏ of the rate, the embeddings at dᴸ, and what stands above the layers (a Dense module) at the whole rate. Immutable.</remarks>
public sealed class LayerwiseRates
{
    private const string LayerPrefix = "encoder.layer.";
    private readonly int _layers;

    /// <param name="decay">The ratio of one layer's rate to that of the layer above, above 0 and at most 1.</param>
    /// <param name="layers">Layers of the encoder, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public LayerwiseRates(double decay, int layers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decay, 1);
        (Decay, _layers) = (OptionRange.Positive(decay, nameof(decay)), layers);
    }

    /// <summary>The ratio of one layer's rate to that of the layer above.</summary>
    public double Decay { get; }

    /// <summary>What the learning rate of the parameter called <paramref name="name"/> is multiplied by.</summary>
    /// <param name="name">A name of the weight file, with or without a prefix before <c>encoder.layer.</c> or <c>embeddings.</c>.</param>
    /// <exception cref="ArgumentException">The name is of a layer that the encoder lacks.</exception>
    public double MultiplierOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int prefix = name.IndexOf(LayerPrefix, StringComparison.Ordinal);
        if (prefix < 0)
            return name.Split('.').Contains("embeddings") ? Math.Pow(Decay, _layers) : 1;
        string number = name[(prefix + LayerPrefix.Length)..].Split('.')[0];
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int layer) || layer >= _layers)
            throw new ArgumentException($"{name} is of layer {number}, but the encoder has {_layers} layers, counted from 0.", nameof(name));
        return Math.Pow(Decay, _layers - 1 - layer);
    }
}
