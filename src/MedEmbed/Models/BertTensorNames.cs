using MedEmbed.Safetensors;

namespace MedEmbed.Models;

/// <summary>What stands before a BERT's tensor names in a file: nothing, or the name of the model it is a part of.</summary>
public static class BertTensorNames
{
    /// <summary>The table of word vectors, which every BERT has.</summary>
    public const string WordEmbeddings = "embeddings.word_embeddings.weight";

    /// <summary>The prefix in <paramref name="file"/>: empty, <c>bert.</c> or <c>model.</c></summary>
    /// <exception cref="ModelFormatException">The file holds no BERT.</exception>
    public static string PrefixOf(SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        foreach (string prefix in (ReadOnlySpan<string>)["", "bert.", "model."])
        {
            if (file.Tensors.ContainsKey(prefix + WordEmbeddings))
                return prefix;
        }

        throw new ModelFormatException(file.Path, $"has no tensor \"{WordEmbeddings}\" (with or without the prefix \"bert.\"); it holds no BERT.");
    }
}
