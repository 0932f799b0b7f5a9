using MedEmbed.Safetensors;
using MedEmbed.Tokenization;
using MedEmbed.Vectors;

namespace MedEmbed.Models;

/// <summary>A model in sentence-transformers layout: what its files say, read and checked once.</summary>
/// <remarks>Immutable and thread-safe. Both generations of the layout are read (up to version 5, and version 6). Weights are opened on demand.</remarks>
public sealed class ModelFolder
{
    private readonly Lazy<string> _contentHash;

    private ModelFolder(string path, string transformerFolder, BertConfig config)
    {
        (Path, TransformerFolder, Config) = (path, transformerFolder, config);
        _contentHash = new Lazy<string>(() => ModelHash.Of(this));
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The folder's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Sizes and settings of the transformer.</summary>
    public BertConfig Config { get; }

    /// <summary>Steps after the transformer, in order; the first is a <see cref="PoolingModule"/>.</summary>
    public required IReadOnlyList<ModelModule> Modules { get; init; }

    /// <summary>The model's prompts.</summary>
    public required ModelPrompts Prompts { get; init; }

    /// <summary>How vectors of this model are compared.</summary>
    public required Similarity Similarity { get; init; }

    /// <summary>Tokens a text may have, special tokens and prompt included: the smallest of the limits that the folder's files give.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Whether texts are lower-cased before tokenisation, whatever the tokenizer does.</summary>
    public required bool LowerCaseFirst { get; init; }

    /// <summary>An exported graph in the folder (<c>onnx/model.onnx</c>), null where there is none.</summary>
    public string? OnnxFile { get; private init; }

    /// <summary>Folder of config, tokenizer and weights: the model folder itself, or a folder in it where <c>modules.json</c> says so.</summary>
    public string TransformerFolder { get; }

    /// <summary>The transformer's weights.</summary>
    public string WeightsFile => System.IO.Path.Combine(TransformerFolder, "model.safetensors");

    /// <summary>Numbers a vector has.</summary>
    public int Dimensions => Modules.OfType<DenseModule>().LastOrDefault()?.OutputSize ?? PooledSize;

    /// <summary>Numbers the pooled vector has, before a Dense module.</summary>
    public int PooledSize => Pooling.Modes.Count * Config.HiddenSize;

    /// <summary>The pooling step.</summary>
    public PoolingModule Pooling => (PoolingModule)Modules[0];

    /// <summary>Whether vectors have unit length.</summary>
    public bool Normalizes => Modules[^1] is NormalizeModule;

    /// <summary>SHA-256, in hex, over all that decides a vector: configuration, tokenizer, weights, prompts and overrides.</summary>
    /// <remarks>Read from the files on first use, about a second a gigabyte.</remarks>
    public string ContentHash => _contentHash.Value;

    /// <summary>Reads and checks the folder at <paramref name="path"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ModelFormatException">A file is missing or malformed, or the files contradict each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overrides' maximum length is below 1.</exception>
    public static ModelFolder Open(string path, ModelOverrides? overrides = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"{path}: there is no such model folder.");
        overrides ??= new ModelOverrides();
        if (overrides.MaxLength is { } length)
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(overrides));
        var pipeline = ModulePipeline.Read(path);
        string transformer = pipeline?.TransformerFolder ?? path;
        BertConfig config = BertConfig.Read(System.IO.Path.Combine(transformer, "config.json"));
        JsonFile? sentenceBert = JsonFile.ReadIfThere(System.IO.Path.Combine(transformer, "sentence_bert_config.json"));
        string sentenceTransformers = System.IO.Path.Combine(path, "config_sentence_transformers.json");
        return new ModelFolder(path, transformer, config)
        {
            Modules = ReadModules(path, pipeline?.Steps, config, overrides),
            Prompts = ModelPrompts.Read(sentenceTransformers),
            Similarity = ReadSimilarity(sentenceTransformers),
            MaxLength = ReadMaxLength(transformer, config, sentenceBert, overrides),
            LowerCaseFirst = sentenceBert?.Flag("do_lower_case", fallback: false) ?? false,
            OnnxFile = FindExportedGraph(transformer, path),
        };
    }

    /// <summary>Opens the transformer's weights.</summary>
    /// <exception cref="ModelFormatException">They are missing or malformed.</exception>
    public SafetensorsFile OpenWeights()
    {
        if (File.Exists(WeightsFile))
            return SafetensorsFile.Open(WeightsFile);
        throw new ModelFormatException(WeightsFile, File.Exists(WeightsFile + ".index.json")
            ? "is split into several files, which are not read. Save the model in one file (max_shard_size above its size)."
            : "is missing. Weights are read in safetensors form only: save the model again with safe_serialization, or copy the whole folder.");
    }

    /// <summary>Loads the tokenizer as encoders use it, checked against the model.</summary>
    /// <exception cref="ModelFormatException">It is missing or malformed, has more tokens than the model, or its special tokens leave no room for a text.</exception>
    public WordPieceTokenizer OpenTokenizer()
    {
        var tokenizer = WordPieceTokenizer.Load(TransformerFolder, LowerCaseFirst);
        if (tokenizer.VocabularySize > Config.VocabularySize)
        {
            throw new ModelFormatException(
                System.IO.Path.Combine(TransformerFolder, "config.json"),
                $"field \"vocab_size\" is {Config.VocabularySize}, but the tokenizer has ids up to {tokenizer.VocabularySize - 1}. Tokenizer and weights belong to different models.");
        }

        return MaxLength >= tokenizer.SpecialTokenCount
            ? tokenizer
            : throw new ModelFormatException(
                Path,
                $"allows texts of {MaxLength} tokens, but the special tokens alone take {tokenizer.SpecialTokenCount}. Correct max_seq_length, model_max_length or max_position_embeddings, or give a larger maximum length.");
    }

    private static ModelModule[] ReadModules(string path, IReadOnlyList<(string Kind, string Folder)>? steps, BertConfig config, ModelOverrides overrides)
    {
        if (steps is null)
        {
            PoolingMode mode = overrides.Pooling ?? throw new ModelFormatException(
                System.IO.Path.Combine(path, "modules.json"),
                "is missing, so that pooling and normalisation are unknown. Pass --pooling cls|mean|max|… (ModelOverrides.Pooling), and --no-normalize where vectors are not to be scaled.");
            return overrides.Normalize ? [new PoolingModule([mode], true), new NormalizeModule()] : [new PoolingModule([mode], true)];
        }

        ModelModule[] modules = [.. steps.Select(step => step.Kind switch
        {
            "Pooling" => PoolingModule.Read(System.IO.Path.Combine(step.Folder, "config.json"), config.HiddenSize),
            "Dense" => DenseModule.Read(step.Folder),
            _ => (ModelModule)new NormalizeModule(),
        })];
        if (modules is not [PoolingModule, ..] || modules.OfType<PoolingModule>().Count() != 1)
            throw new ModelFormatException(System.IO.Path.Combine(path, "modules.json"), "must name one Pooling, directly after the Transformer.");
        if (overrides.Pooling is { } pooling)
            modules[0] = new PoolingModule([pooling], ((PoolingModule)modules[0]).IncludePrompt);
        CheckSizes(path, modules, config);
        return modules;
    }

    private static void CheckSizes(string path, ModelModule[] modules, BertConfig config)
    {
        int size = ((PoolingModule)modules[0]).Modes.Count * config.HiddenSize;
        foreach (DenseModule dense in modules.OfType<DenseModule>())
        {
            if (dense.InputSize != size)
                throw new ModelFormatException(System.IO.Path.Combine(path, "modules.json"), $"has a Dense module of {dense.InputSize} inputs after a step that gives {size}.");
            size = dense.OutputSize;
        }
    }

    /// <summary>Exporters write beside the transformer's files, which may lie in a folder of their own.</summary>
    private static string? FindExportedGraph(params ReadOnlySpan<string> folders)
    {
        foreach (string folder in folders)
        {
            string graph = System.IO.Path.Combine(folder, "onnx", "model.onnx");
            if (File.Exists(graph))
                return graph;
        }

        return null;
    }

    private static Similarity ReadSimilarity(string path) => JsonFile.ReadIfThere(path)?.TextOrNull("similarity_fn_name") switch
    {
        null or "cosine" => Similarity.Cosine,
        "dot" or "dot_score" => Similarity.Dot,
        "euclidean" => Similarity.Euclidean,
        { } other => throw new ModelFormatException(path, $"field \"similarity_fn_name\" is \"{other}\"; cosine, dot and euclidean are known."),
    };

    private static int ReadMaxLength(string transformer, BertConfig config, JsonFile? sentenceBert, ModelOverrides overrides)
    {
        int?[] limits =
        [
            config.MaxPositions,
            sentenceBert?.LengthLimit("max_seq_length"),
            JsonFile.ReadIfThere(System.IO.Path.Combine(transformer, "tokenizer_config.json"))?.LengthLimit("model_max_length"),
            overrides.MaxLength,
        ];
        return limits.Min()!.Value;
    }
}
