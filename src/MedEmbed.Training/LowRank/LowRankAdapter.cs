using MedEmbed.Data.Outputs;
using MedEmbed.Models;
using MedEmbed.Training.Encoders;

namespace MedEmbed.Training.LowRank;

/// <summary>A low-rank adapter (LoRA, Hu et al. 2021, arXiv 2106.09685) of a BERT encoder: y = W·x + scale · B·(A·x) in some of its linear layers.</summary>
/// <remarks>Immutable and thread-safe; needs no libtorch. Read from and written to PEFT's format.</remarks>
public sealed class LowRankAdapter
{
    internal LowRankAdapter(LowRankConfig config, IReadOnlyDictionary<string, LowRankLayer> layers, string modulePrefix = "") =>
        (Config, Layers, ModulePrefix) = (config, layers, modulePrefix);

    /// <summary>The adapter's settings.</summary>
    public LowRankConfig Config { get; }

    /// <summary>The additions by their layers' names in <c>model.safetensors</c> without a prefix (<c>encoder.layer.0.attention.self.query</c>), in ordinal order.</summary>
    public IReadOnlyDictionary<string, LowRankLayer> Layers { get; }

    /// <summary>What stands before a layer's name in the adapter's files, where the model was part of another: such as <c>bert.</c></summary>
    internal string ModulePrefix { get; }

    /// <summary>A new adapter, begun as PEFT does: A uniform within ±1/√inputs (Kaiming, a = √5), B zero, so that no vector changes at first.</summary>
    /// <param name="config">The settings.</param>
    /// <param name="model">The model that is adapted.</param>
    /// <param name="seed">Decides the values, with each layer's name, and nothing else does.</param>
    /// <exception cref="ArgumentException">The settings choose no layer of the model, or a value is out of its range.</exception>
    public static LowRankAdapter Create(LowRankConfig config, BertConfig model, long seed)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(model);
        if (config.Dropout != 0)
            throw new ArgumentException(FormattableString.Invariant($"The adapter's dropout is {config.Dropout}; training drops none of an adapter's inputs. Set it to 0."), nameof(config));
        if (config.Rank < 1 || config.RankPattern.Any(entry => entry.Value < 1))
            throw new ArgumentException("An adapter's rank must be at least 1.", nameof(config));
        if (!double.IsFinite(config.Alpha) || config.Alpha <= 0)
            throw new ArgumentException(FormattableString.Invariant($"An adapter's alpha must be above 0, not {config.Alpha}."), nameof(config));
        var layers = new SortedDictionary<string, LowRankLayer>(StringComparer.Ordinal);
        foreach ((string name, int outputs, int inputs) in BertLinearLayers.Of(model).Where(layer => config.Targets.Selects(layer.Name)))
        {
            int rank = config.RankOf(name);
            layers.Add(name, new LowRankLayer(rank, inputs, outputs, config.ScaleOf(name), KaimingUniform.Values(rank * inputs, inputs, seed, name), new float[outputs * rank]));
        }

        return layers.Count > 0
            ? new LowRankAdapter(config, layers)
            : throw new ArgumentException($"The adapter's targets choose no linear layer of the model. Layers are named such as \"{BertLinearLayers.Of(model).First().Name}\"; usual targets are {string.Join(", ", LowRankConfig.AllLayers)}.", nameof(config));
    }

    /// <summary>Reads the adapter in <paramref name="folder"/> and checks it against the model it is for.</summary>
    /// <exception cref="ModelFormatException">A file is missing or malformed, the adapter is no plain LoRA, or it belongs to another model.</exception>
    public static LowRankAdapter Open(string folder, BertConfig model)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(model);
        return LowRankWeightsFile.Read(Path.Combine(folder, LowRankWeightsFile.Name), LowRankConfigFile.Read(Path.Combine(folder, LowRankConfigFile.Name)), model);
    }

    /// <summary>Writes the adapter's folder whole or not at all.</summary>
    /// <exception cref="OutputExistsException">The folder is there, not empty, and not to be overwritten.</exception>
    public void Write(string folder, bool overwrite = false)
    {
        using var output = AtomicFolder.Open(folder, overwrite);
        LowRankConfigFile.Write(Path.Combine(output.Path, LowRankConfigFile.Name), Config);
        LowRankWeightsFile.Write(Path.Combine(output.Path, LowRankWeightsFile.Name), this);
        output.Complete();
    }
}
