using MedEmbed.Models;
using MedEmbed.Safetensors;

namespace MedEmbed.Evaluation.Systems;

/// <summary>What result files say of a model.</summary>
public sealed record ModelMeta
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Identifies the model's content: lower-case hex, at least 12 digits.</summary>
    public required string Hash { get; init; }

    /// <summary>Numbers the model has learnt; null where unknown.</summary>
    public long? Parameters { get; init; }

    /// <summary>Numbers a vector has; null where there are no vectors.</summary>
    public int? EmbeddingDimensions { get; init; }

    /// <summary>Tokens a text may have; null where there is no limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The licence that the model's card states; null where it states none.</summary>
    public string? Licence { get; init; }

    /// <summary>The data sets that the model's card says it was trained on; null where it says nothing.</summary>
    public IReadOnlyList<string>? TrainingDatasets { get; init; }

    /// <summary>How vectors are compared; null where there are none.</summary>
    public string? Similarity { get; init; }

    /// <summary>Reads it from a model's folder: sizes from config and weights, licence and training data from the card (<c>README.md</c>).</summary>
    public static ModelMeta Of(ModelFolder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelCard card = ModelCard.Read(Path.Combine(model.Path, "README.md"));
        return new ModelMeta
        {
            Name = model.Name,
            Hash = model.ContentHash,
            Parameters = ParametersOf(model),
            EmbeddingDimensions = model.Dimensions,
            MaxTokens = model.MaxLength,
            Licence = card.Licence,
            TrainingDatasets = card.Datasets,
            Similarity = model.Similarity.ToString().ToLowerInvariant(),
        };
    }

    private static long? ParametersOf(ModelFolder model)
    {
        if (!File.Exists(model.WeightsFile))
            return null;
        using SafetensorsFile weights = model.OpenWeights();

        // Older folders keep the buffer of position numbers among the weights; nothing in it is learnt.
        return weights.Tensors.Values.Where(tensor => !tensor.TypeName.StartsWith('I')).Sum(tensor => tensor.ElementCount);
    }
}
