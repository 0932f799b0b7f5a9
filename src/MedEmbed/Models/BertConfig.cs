namespace MedEmbed.Models;

/// <summary>Sizes and settings of a BERT encoder, from a folder's <c>config.json</c>.</summary>
public sealed record BertConfig
{
    /// <summary>Rows of the word embedding table.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of a token's vector.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Transformer layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads; divides <see cref="HiddenSize"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward layer.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Rows of the position table: the most tokens a text may have.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Rows of the token type table.</summary>
    public int TokenTypes { get; init; } = 2;

    /// <summary>Activation of the feed-forward layer: <see cref="Activation.Gelu"/>, <see cref="Activation.GeluTanh"/> or <see cref="Activation.Relu"/>.</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>Added to the variance in layer normalisation.</summary>
    public float LayerNormEpsilon { get; init; } = 1e-12f;

    /// <summary>Reads and checks <paramref name="path"/>.</summary>
    /// <exception cref="ModelFormatException">The file is missing or malformed, or describes a model that is no BERT with learned absolute positions.</exception>
    public static BertConfig Read(string path)
    {
        JsonFile json = JsonFile.Read(path);
        string modelType = json.Text("model_type");
        if (modelType != "bert")
            throw new ModelFormatException(path, $"field \"model_type\" is \"{modelType}\"; only \"bert\" can be built. Choose a BERT model (bge, MedEmbed, e5, MiniLM and many others are).");
        if (json.Flag("is_decoder", fallback: false))
            throw new ModelFormatException(path, "field \"is_decoder\" is true; only encoders, whose tokens see each other in both directions, can be built.");
        if (json.TextOrNull("position_embedding_type") is { } positions and not "absolute")
            throw new ModelFormatException(path, $"field \"position_embedding_type\" is \"{positions}\"; only \"absolute\" can be built.");
        var config = new BertConfig
        {
            VocabularySize = json.PositiveInteger("vocab_size"),
            HiddenSize = json.PositiveInteger("hidden_size"),
            Layers = json.PositiveInteger("num_hidden_layers"),
            Heads = json.PositiveInteger("num_attention_heads"),
            IntermediateSize = json.PositiveInteger("intermediate_size"),
            MaxPositions = json.PositiveInteger("max_position_embeddings"),
            TokenTypes = json.PositiveInteger("type_vocab_size", fallback: 2),
            Activation = ReadActivation(json),
            LayerNormEpsilon = (float)json.NonNegativeNumber("layer_norm_eps", fallback: 1e-12),
        };
        if (config.HiddenSize % config.Heads != 0)
            throw new ModelFormatException(path, $"field \"num_attention_heads\" is {config.Heads}, which does not divide \"hidden_size\" {config.HiddenSize}.");
        return config;
    }

    private static Activation ReadActivation(JsonFile json) => json.TextOrNull("hidden_act") switch
    {
        null or "gelu" or "gelu_python" => Activation.Gelu,
        "gelu_new" or "gelu_pytorch_tanh" or "gelu_fast" => Activation.GeluTanh,
        "relu" => Activation.Relu,
        { } other => throw new ModelFormatException(json.Path, $"field \"hidden_act\" is \"{other}\"; gelu, gelu_new and relu can be built."),
    };
}
