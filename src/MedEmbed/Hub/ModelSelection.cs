using System.Text.RegularExpressions;

namespace MedEmbed.Hub;

/// <summary>Which of a repository's files make a model folder: configuration, tokenizer, module folders and weights. Pickled weights run code when they
/// are read, so they are never taken.</summary>
internal static partial class ModelSelection
{
    private const string Weights = "model.safetensors";
    private const string Onnx = "onnx/model.onnx";
    private const string OnnxData = "onnx/model.onnx_data";

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "config.json", "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json",
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.txt", Weights,
    };

    /// <summary>Picks the files, small ones first, so that a repository that cannot be used fails before its weights are fetched.</summary>
    /// <param name="repository">The repository's listing.</param>
    /// <param name="includeOnnx">Takes an exported graph too where there are safetensors; without safetensors it is taken in any case.</param>
    /// <exception cref="HubException">The repository holds no model that can be read.</exception>
    public static IReadOnlyList<HubFile> Of(HubRepository repository, bool includeOnnx)
    {
        var paths = repository.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        bool inModule = paths.Any(path => path.StartsWith("0_", StringComparison.Ordinal) && IsModuleFile(path, Weights));
        bool safetensors = paths.Contains(Weights) || inModule;
        if (!paths.Contains("config.json") && !inModule)
            throw Unsupported(repository, "it has no config.json, so it is not a transformers model");
        if (!safetensors && !paths.Contains(Onnx))
            throw Unsupported(repository, MissingWeights(paths));
        foreach (string pickle in paths.Where(path => IsModuleFile(path, "pytorch_model.bin")))
        {
            string folder = pickle[..pickle.IndexOf('/', StringComparison.Ordinal)];
            if (!paths.Contains($"{folder}/{Weights}"))
            {
                throw Unsupported(repository,
                    $"the module {folder} has its weights as pytorch_model.bin alone, a pickle, which is never read; it needs {folder}/{Weights}");
            }
        }

        bool onnx = includeOnnx || !safetensors;
        if (includeOnnx && !paths.Contains(Onnx))
            throw Unsupported(repository, $"it has no {Onnx}; leave the exported graph out, since the graph is built from the weights");
        return [.. repository.Files.Where(file => IsPart(file.Path, onnx)).OrderBy(file => file.Size).ThenBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static bool IsPart(string path, bool onnx) =>
        Names.Contains(path) || Document().IsMatch(path) || (onnx && path is Onnx or OnnxData)
        || IsModuleFile(path, ".json") || IsModuleFile(path, "vocab.txt") || IsModuleFile(path, Weights);

    private static bool IsModuleFile(string path, string ending) => path.EndsWith(ending, StringComparison.Ordinal) && ModulePath().IsMatch(path);

    private static string MissingWeights(HashSet<string> paths)
    {
        if (paths.Contains(Weights + ".index.json"))
        {
            return $"its weights are split over several files ({Weights}.index.json); only one {Weights} is read. "
                + "Join them with save_pretrained and a larger max_shard_size";
        }

        return paths.Contains("pytorch_model.bin")
            ? $"its weights are pytorch_model.bin alone, a pickle, which is never read. "
                + $"Use a revision that has {Weights} (often a pull request of the hub's conversion, owner/name@refs/pr/N)"
            : $"it has neither {Weights} nor {Onnx}";
    }

    private static HubException Unsupported(HubRepository repository, string problem) =>
        new(HubFailure.Unsupported, $"{repository.Id}: {problem}.");

    // sentence-transformers names a module's folder after its place and type: 1_Pooling, 2_Dense.
    [GeneratedRegex(@"^[0-9]{1,2}_[A-Za-z0-9_]+/[A-Za-z0-9_.-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex ModulePath();

    [GeneratedRegex(@"^(README\.md|(LICEN[SC]E|NOTICE)(\.(md|txt))?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Document();
}
