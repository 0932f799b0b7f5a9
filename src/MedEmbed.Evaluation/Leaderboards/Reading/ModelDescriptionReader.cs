using System.Text.Json;

namespace MedEmbed.Evaluation.Leaderboards.Reading;

/// <summary>Reads <c>model_meta.json</c> with our names of fields or MTEB's.</summary>
internal static class ModelDescriptionReader
{
    public const string FileName = "model_meta.json";

    /// <summary>The meta data beside the result files of <paramref name="folder"/>; empty where there are none.</summary>
    public static ModelDescription ReadFolder(string folder)
    {
        string file = Path.Combine(folder, FileName);
        return File.Exists(file) ? Read(ResultField.ReadFile(file)) : ModelDescription.Empty;
    }

    private static ModelDescription Read(ResultField root) => new()
    {
        Name = Known(root.Optional("name")?.Text()),
        Revision = Known(root.Optional("revision")?.Text()),
        Parameters = Number(root, "parameters", "n_parameters"),
        Dimensions = (int?)Number(root, "embedding_dim", "embed_dim"),
        MaxTokens = (int?)Number(root, "max_tokens"),
        Kind = root.Optional("kind")?.Text(),
        TrainingDatasets = root.Optional("training_datasets") is { } datasets ? Names(datasets) : [],
    };

    /// <summary>MTEB writes the datasets as a list, or as an object of data set to splits.</summary>
    public static IReadOnlyList<string> Names(ResultField datasets) =>
        datasets.Value.ValueKind == JsonValueKind.Object
            ? [.. datasets.Properties().Select(static dataset => dataset.Name)]
            : [.. datasets.Items().Select(static dataset => dataset.Text())];

    private static double? Number(ResultField root, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (root.Optional(name) is { } field)
                return field.Number();
        }

        return null;
    }

    /// <summary>Placeholders that MTEB writes for a model it knows nothing of.</summary>
    private static string? Known(string? text) => text is "no_model_name_available" or "no_revision_available" ? null : text;
}
