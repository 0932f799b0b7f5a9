using MedEmbed.Models;
using MedEmbed.Training.LowRank;
using MedEmbed.Training.Output;

namespace MedEmbed.Training.Merging;

/// <summary>Merges a low-rank adapter into its model's weights: W + scale · B · A.</summary>
public static class AdapterMerge
{
    /// <summary>Writes <paramref name="model"/> with <paramref name="adapter"/> merged as a model folder, whole or not at all.</summary>
    /// <exception cref="ArgumentException">The adapter is for a model of other sizes.</exception>
    /// <exception cref="MedEmbed.Data.Outputs.OutputExistsException">The folder is there, not empty, and not to be overwritten.</exception>
    public static void Write(string folder, ModelFolder model, LowRankAdapter adapter, ModelFolderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(adapter);
        const string End = ".weight";
        ModelFolderWriter.Write(folder, model, (name, stored) =>
        {
            float[] values = stored();
            if (name.EndsWith(End, StringComparison.Ordinal) && adapter.Layers.TryGetValue(name[..^End.Length], out LowRankLayer? layer))
                layer.AddTo(values);
            return values;
        }, options ?? new ModelFolderOptions());
    }
}
