using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedEmbed.Models;

namespace MedEmbed.Training.Output;

/// <summary>Writes which steps a model has and how it is used, in the older form, which every version of sentence-transformers reads.</summary>
internal static class ModuleFiles
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(ModelFolder model, string folder)
    {
        var modules = new JsonArray(Entry(0, "", "Transformer"));
        for (int i = 0; i < model.Modules.Count; i++)
        {
            string kind = KindOf(model.Modules[i]), path = FolderOf(model, i);
            modules.Add(Entry(i + 1, path, kind));
            Directory.CreateDirectory(Path.Combine(folder, path));
            if (ConfigOf(model.Modules[i], model) is { } config)
                WriteJson(Path.Combine(folder, path, "config.json"), config);
        }

        WriteJson(Path.Combine(folder, "modules.json"), modules);
        WriteJson(Path.Combine(folder, "sentence_bert_config.json"), new JsonObject { ["max_seq_length"] = model.MaxLength, ["do_lower_case"] = model.LowerCaseFirst });
        WriteJson(Path.Combine(folder, "config_sentence_transformers.json"), Use(model));
    }

    /// <summary>The folder of a model's module, such as <c>1_Pooling</c>.</summary>
    public static string FolderOf(ModelFolder model, int module) => string.Create(CultureInfo.InvariantCulture, $"{module + 1}_{KindOf(model.Modules[module])}");

    private static string KindOf(ModelModule module) => module switch
    {
        PoolingModule => "Pooling",
        DenseModule => "Dense",
        _ => "Normalize",
    };

    private static JsonObject Entry(int index, string path, string kind) => new()
    {
        ["idx"] = index,
        ["name"] = index.ToString(CultureInfo.InvariantCulture),
        ["path"] = path,
        ["type"] = $"sentence_transformers.models.{kind}",
    };

    private static JsonObject? ConfigOf(ModelModule module, ModelFolder model) => module switch
    {
        PoolingModule pooling => PoolingOf(pooling, model.Config.HiddenSize),
        DenseModule dense => new JsonObject
        {
            ["in_features"] = dense.InputSize,
            ["out_features"] = dense.OutputSize,
            ["bias"] = dense.HasBias,
            ["activation_function"] = ClassOf(dense.Activation),
        },
        _ => null,
    };

    /// <summary>A flag a mode; the newer list where modes are joined in an order that flags cannot tell.</summary>
    private static JsonObject PoolingOf(PoolingModule pooling, int hiddenSize)
    {
        if (!pooling.Modes.SequenceEqual(pooling.Modes.Order()))
        {
            return new JsonObject
            {
                ["embedding_dimension"] = hiddenSize,
                ["pooling_mode"] = new JsonArray([.. pooling.Modes.Select(mode => (JsonNode)NameOf(mode))]),
                ["include_prompt"] = pooling.IncludePrompt,
            };
        }

        return new JsonObject
        {
            ["word_embedding_dimension"] = hiddenSize,
            ["pooling_mode_cls_token"] = pooling.Modes.Contains(PoolingMode.Cls),
            ["pooling_mode_mean_tokens"] = pooling.Modes.Contains(PoolingMode.Mean),
            ["pooling_mode_max_tokens"] = pooling.Modes.Contains(PoolingMode.Max),
            ["pooling_mode_mean_sqrt_len_tokens"] = pooling.Modes.Contains(PoolingMode.MeanSqrtLength),
            ["pooling_mode_weightedmean_tokens"] = pooling.Modes.Contains(PoolingMode.WeightedMean),
            ["pooling_mode_lasttoken"] = pooling.Modes.Contains(PoolingMode.LastToken),
            ["include_prompt"] = pooling.IncludePrompt,
        };
    }

    private static string NameOf(PoolingMode mode) => mode switch
    {
        PoolingMode.Cls => "cls",
        PoolingMode.Max => "max",
        PoolingMode.Mean => "mean",
        PoolingMode.MeanSqrtLength => "mean_sqrt_len_tokens",
        PoolingMode.WeightedMean => "weightedmean",
        _ => "lasttoken",
    };

    private static string ClassOf(Activation activation) => activation switch
    {
        Activation.Identity => "torch.nn.modules.linear.Identity",
        Activation.Relu => "torch.nn.modules.activation.ReLU",
        Activation.Gelu => "torch.nn.modules.activation.GELU",
        Activation.Sigmoid => "torch.nn.modules.activation.Sigmoid",
        _ => "torch.nn.modules.activation.Tanh",
    };

    /// <summary>Prompts and similarity. The version is the oldest that knows them all.</summary>
    private static JsonObject Use(ModelFolder model)
    {
        var prompts = new JsonObject();
        foreach ((string name, string prompt) in model.Prompts.ByName.OrderBy(prompt => prompt.Key, StringComparer.Ordinal))
            prompts[name] = prompt;
        return new JsonObject
        {
            ["__version__"] = new JsonObject { ["sentence_transformers"] = "3.0.0" },
            ["prompts"] = prompts,
            ["default_prompt_name"] = model.Prompts.DefaultName,
            ["similarity_fn_name"] = model.Similarity.ToString().ToLowerInvariant(),
        };
    }

    private static void WriteJson(string path, JsonNode json) => File.WriteAllText(path, json.ToJsonString(Indented) + "\n");
}
