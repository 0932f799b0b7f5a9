using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Training.Encoders;

namespace MedEmbed.Training.LowRank;

/// <summary>Reads and writes PEFT's <c>adapter_model.safetensors</c>: <c>base_model.model.LAYER.lora_A.weight</c> and <c>…lora_B.weight</c>.</summary>
internal static class LowRankWeightsFile
{
    public const string Name = "adapter_model.safetensors";

    private const string PeftPrefix = "base_model.model.";
    private const string EndA = ".lora_A.weight";
    private const string EndB = ".lora_B.weight";

    /// <summary>The one linear layer that a BERT has and no vector depends on; adapters of "dense" change it too.</summary>
    private const string Pooler = "pooler.dense";

    public static LowRankAdapter Read(string path, LowRankConfig config, BertConfig model)
    {
        if (!File.Exists(path))
            throw new ModelFormatException(path, "is missing. Weights are read in safetensors form only: save the adapter again with PEFT's safe_serialization.");
        using var file = SafetensorsFile.Open(path);
        string prefix = PrefixOf(file);
        var expected = BertLinearLayers.Of(model).ToDictionary(layer => layer.Name, layer => (layer.Outputs, layer.Inputs), StringComparer.Ordinal);
        if (file.Tensors.ContainsKey($"{PeftPrefix}{prefix}{Pooler}{EndA}"))
            expected.Add(Pooler, (model.HiddenSize, model.HiddenSize));
        var layers = new SortedDictionary<string, LowRankLayer>(StringComparer.Ordinal);
        foreach ((string layer, (int outputs, int inputs)) in expected.Where(layer => config.Targets.Selects(prefix + layer.Key)))
        {
            int rank = config.RankOf(prefix + layer);
            layers.Add(layer, new LowRankLayer(
                rank, inputs, outputs, config.ScaleOf(prefix + layer), Matrix(file, prefix + layer + EndA, rank, inputs), Matrix(file, prefix + layer + EndB, outputs, rank)));
        }

        RequireAllTaken(file, prefix, layers);
        return new LowRankAdapter(config, layers, prefix);
    }

    public static void Write(string path, LowRankAdapter adapter)
    {
        var tensors = new List<TensorData>();
        foreach ((string name, LowRankLayer layer) in adapter.Layers)
        {
            tensors.Add(new TensorData(PeftPrefix + adapter.ModulePrefix + name + EndA, TensorType.F32, [layer.Rank, layer.Inputs], layer.A));
            tensors.Add(new TensorData(PeftPrefix + adapter.ModulePrefix + name + EndB, TensorType.F32, [layer.Outputs, layer.Rank], layer.B));
        }

        SafetensorsWriter.Write(path, tensors);
    }

    /// <summary>What stands between PEFT's prefix and the encoder's own names: nothing, or the names of the models around it.</summary>
    private static string PrefixOf(SafetensorsFile file)
    {
        foreach (string name in file.Tensors.Keys.Order(StringComparer.Ordinal))
        {
            if (!name.StartsWith(PeftPrefix, StringComparison.Ordinal))
                throw new ModelFormatException(file.Path, $"has a tensor \"{name}\"; the names of an adapter's tensors begin with \"{PeftPrefix}\". Save the adapter with PEFT.");
            foreach (string start in (ReadOnlySpan<string>)["encoder.layer.", Pooler + "."])
            {
                int at = name.IndexOf(start, PeftPrefix.Length, StringComparison.Ordinal);
                if (at == PeftPrefix.Length || (at > 0 && name[at - 1] == '.'))
                    return name[PeftPrefix.Length..at];
            }
        }

        throw new ModelFormatException(file.Path, "changes no layer of a BERT encoder (\"encoder.layer.0.…\"); the adapter belongs to another kind of model.");
    }

    private static float[] Matrix(SafetensorsFile file, string name, int rows, int columns)
    {
        string stored = PeftPrefix + name;
        if (!file.Tensors.TryGetValue(stored, out TensorInfo? info))
            throw new ModelFormatException(file.Path, $"has no tensor \"{stored}\", although {LowRankConfigFile.Name} chooses that layer. The adapter belongs to another model, or the file is incomplete.");
        if (!info.Shape.SequenceEqual([rows, columns]))
            throw new ModelFormatException(file.Path, $"stores tensor \"{stored}\" with shape {info.ShapeText}, but {LowRankConfigFile.Name} and the model ask for [{rows}, {columns}]. The adapter belongs to another model.");
        return file.Read(stored);
    }

    private static void RequireAllTaken(SafetensorsFile file, string prefix, SortedDictionary<string, LowRankLayer> layers)
    {
        var taken = layers.Keys.SelectMany(layer => (string[])[PeftPrefix + prefix + layer + EndA, PeftPrefix + prefix + layer + EndB]).ToHashSet(StringComparer.Ordinal);
        if (file.Tensors.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => !taken.Contains(name)) is { } other)
            throw new ModelFormatException(file.Path, $"has a tensor \"{other}\" that is no matrix of a layer which {LowRankConfigFile.Name} chooses in this model. The adapter belongs to another model, or adapts more than linear layers.");
    }
}
