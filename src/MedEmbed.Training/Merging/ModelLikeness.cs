using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Tokenization;

namespace MedEmbed.Training.Merging;

/// <summary>Requires that models differ in nothing but the numbers of their weights.</summary>
internal static class ModelLikeness
{
    /// <exception cref="ModelFormatException">Two differ; the message names the first difference.</exception>
    public static void Require(IReadOnlyList<ModelFolder> models)
    {
        ModelFolder first = models[0];
        WordPieceTokenizer tokenizer = first.OpenTokenizer();
        foreach (ModelFolder other in models.Skip(1))
        {
            if ((OfConfig(first.Config, other.Config) ?? OfModules(first, other)) is { } difference)
                throw Differs(first, other, difference);
            if (other.OpenTokenizer().DifferenceFrom(tokenizer) is { } tokens)
                throw Differs(first, other, $"their tokenizers are not the same: {tokens}");
            if (first.LowerCaseFirst != other.LowerCaseFirst)
                throw Differs(first, other, "one lower-cases texts first (sentence_bert_config.json, \"do_lower_case\"), the other does not");
            RequireTensors(first, other);
        }
    }

    private static ModelFormatException Differs(ModelFolder first, ModelFolder other, string difference) =>
        new(other.Path, $"cannot be mixed with {first.Path}: {difference}. Weights can be mixed only between checkpoints of one model.");

    private static string? OfConfig(BertConfig first, BertConfig other)
    {
        (string Field, object First, object Other)[] fields =
        [
            ("vocab_size", first.VocabularySize, other.VocabularySize),
            ("hidden_size", first.HiddenSize, other.HiddenSize),
            ("num_hidden_layers", first.Layers, other.Layers),
            ("num_attention_heads", first.Heads, other.Heads),
            ("intermediate_size", first.IntermediateSize, other.IntermediateSize),
            ("max_position_embeddings", first.MaxPositions, other.MaxPositions),
            ("type_vocab_size", first.TokenTypes, other.TokenTypes),
            ("hidden_act", first.Activation, other.Activation),
            ("layer_norm_eps", first.LayerNormEpsilon, other.LayerNormEpsilon),
        ];
        (string Field, object First, object Other) different = Array.Find(fields, field => !field.First.Equals(field.Other));
        return different.Field is null ? null : FormattableString.Invariant($"config.json's \"{different.Field}\" is {different.Other}, there {different.First}");
    }

    private static string? OfModules(ModelFolder first, ModelFolder other)
    {
        string[] one = [.. first.Modules.Select(TextOf)], two = [.. other.Modules.Select(TextOf)];
        for (int i = 0; i < Math.Max(one.Length, two.Length); i++)
        {
            if (one.ElementAtOrDefault(i) != two.ElementAtOrDefault(i))
                return $"step {i + 1} after the transformer is {two.ElementAtOrDefault(i) ?? "missing"}, there {one.ElementAtOrDefault(i) ?? "missing"}";
        }

        return null;
    }

    private static string TextOf(ModelModule module) => module switch
    {
        PoolingModule pooling => $"Pooling {string.Join('+', pooling.Modes)}{(pooling.IncludePrompt ? "" : " without the prompt")}",
        DenseModule dense => FormattableString.Invariant($"Dense {dense.InputSize} to {dense.OutputSize}{(dense.HasBias ? "" : " without bias")}, {dense.Activation}"),
        _ => "Normalize",
    };

    /// <summary>A table of positions, which older files have, is none.</summary>
    private static bool IsWeight(string name, TensorInfo info) =>
        info.TypeName is "F32" or "F16" or "BF16" && (name.StartsWith("encoder.", StringComparison.Ordinal) || name.StartsWith("embeddings.", StringComparison.Ordinal));

    private static void RequireTensors(ModelFolder first, ModelFolder other)
    {
        using SafetensorsFile one = first.OpenWeights(), two = other.OpenWeights();
        string prefix = BertTensorNames.PrefixOf(one), otherPrefix = BertTensorNames.PrefixOf(two);
        foreach ((string name, TensorInfo info) in one.Tensors.Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(tensor => tensor.Key, StringComparer.Ordinal))
        {
            if (!IsWeight(name[prefix.Length..], info))
                continue;
            string counterpart = otherPrefix + name[prefix.Length..];
            if (!two.Tensors.TryGetValue(counterpart, out TensorInfo? there))
                throw new ModelFormatException(two.Path, $"has no tensor \"{counterpart}\", which {one.Path} has.");
            if (!there.Shape.SequenceEqual(info.Shape))
                throw new ModelFormatException(two.Path, $"stores tensor \"{counterpart}\" with shape {there.ShapeText}, but {one.Path} with {info.ShapeText}.");
        }
    }
}
