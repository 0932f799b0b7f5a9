using MedEmbed.Models;

namespace MedEmbed.Training.Encoders;

/// <summary>The linear layers of a BERT encoder.</summary>
internal static class BertLinearLayers
{
    /// <summary>Every layer's name and sizes, in the order in which they compute.</summary>
    public static IEnumerable<(string Name, int Outputs, int Inputs)> Of(BertConfig config)
    {
        for (int layer = 0; layer < config.Layers; layer++)
        {
            foreach ((string part, int outputs, int inputs) in OfOneLayer(config))
                yield return (FormattableString.Invariant($"encoder.layer.{layer}.{part}"), outputs, inputs);
        }
    }

    /// <summary>The layers inside one transformer layer, by the ends of their names.</summary>
    public static (string Part, int Outputs, int Inputs)[] OfOneLayer(BertConfig config) =>
    [
        ("attention.self.query", config.HiddenSize, config.HiddenSize),
        ("attention.self.key", config.HiddenSize, config.HiddenSize),
        ("attention.self.value", config.HiddenSize, config.HiddenSize),
        ("attention.output.dense", config.HiddenSize, config.HiddenSize),
        ("intermediate.dense", config.IntermediateSize, config.HiddenSize),
        ("output.dense", config.HiddenSize, config.IntermediateSize),
    ];
}
