using MedEmbed.Models;
using static MedEmbed.Graph.GraphBuilder;

namespace MedEmbed.Graph;

/// <summary>Emits BERT's layers with ONNX Runtime's fused operators.</summary>
/// <remarks>Inputs are <c>input_ids</c> and <c>attention_mask</c>, both int32 of batch × tokens; padding stands at the end.
/// With the last layer cut to its first token, that layer computes keys and values for all tokens and everything else for one:
/// what CLS pooling would throw away is never computed, and the CLS vector is the same.</remarks>
internal sealed class BertGraph(GraphBuilder graph, BertConfig config, BertWeights weights, ILinearEmitter linear)
{
    /// <summary>The input that tells tokens (1) from padding (0).</summary>
    public const string Mask = "attention_mask";

    private const string Ids = "input_ids";

    /// <summary>Emits the transformer and gives its last hidden state: batch × tokens × hidden, or batch × 1 × hidden where only the first token is wanted.</summary>
    public string Emit(bool firstTokenOnly)
    {
        graph.Input(Ids, OnnxElementType.Int32, "batch", "tokens");
        graph.Input(Mask, OnnxElementType.Int32, "batch", "tokens");
        string hidden = Embeddings();
        for (int layer = 0; layer < config.Layers; layer++)
            hidden = Layer($"encoder.layer.{layer}", hidden, firstTokenOnly && layer == config.Layers - 1);
        return hidden;
    }

    private string Embeddings()
    {
        const string Name = "embeddings";
        int size = config.HiddenSize;
        string words = graph.Weight($"{Name}.word_embeddings", [config.VocabularySize, size], weights.Table($"{Name}.word_embeddings.weight", config.VocabularySize, size));

        // All tokens of a single text are of type 0, so that its row can be added to every position once and for all.
        float[] positions = weights.Table($"{Name}.position_embeddings.weight", config.MaxPositions, size);
        float[] types = weights.Table($"{Name}.token_type_embeddings.weight", config.TokenTypes, size);
        for (int i = 0; i < positions.Length; i++)
            positions[i] += types[i % size];
        string hidden = graph.MicrosoftNode(
            $"{Name}.output",
            "EmbedLayerNormalization",
            [Ids, "", words, graph.Weight($"{Name}.position_embeddings", [config.MaxPositions, size], positions), "", .. Norm($"{Name}.LayerNorm")],
            Attribute("epsilon", config.LayerNormEpsilon));
        graph.UnusedOutput($"{Name}.mask_index");
        return hidden;
    }

    private string Layer(string name, string input, bool firstTokenOnly)
    {
        string residual = firstTokenOnly ? FirstToken($"{name}.first_token", input) : input;
        string context = firstTokenOnly || !linear.FusesAttention ? SeparateAttention(name, residual, input) : FusedAttention(name, input);
        string attended = SkipNorm($"{name}.attention.output", Linear($"{name}.attention.output.dense", context, config.HiddenSize, config.HiddenSize), residual);
        string inner = Activate($"{name}.intermediate", Linear($"{name}.intermediate.dense", attended, config.HiddenSize, config.IntermediateSize));
        return SkipNorm($"{name}.output", Linear($"{name}.output.dense", inner, config.IntermediateSize, config.HiddenSize), attended);
    }

    /// <summary>One operator from the layer's input to the heads' outputs.</summary>
    private string FusedAttention(string name, string input)
    {
        int size = config.HiddenSize;
        float[] joined = new float[3 * size * size];
        string[] parts = ["query", "key", "value"];
        for (int part = 0; part < parts.Length; part++)
        {
            float[] weight = weights.Turned($"{name}.attention.self.{parts[part]}.weight", size, size);
            for (int row = 0; row < size; row++)
                weight.AsSpan(row * size, size).CopyTo(joined.AsSpan((row * 3 * size) + (part * size)));
        }

        return graph.MicrosoftNode(
            $"{name}.attention.self",
            "Attention",
            [input, graph.Weight($"{name}.attention.self.weight", [size, 3 * size], joined), AttentionBias(name), Mask],
            Attribute("num_heads", (long)config.Heads));
    }

    /// <summary>Projections as layers of their own, then one operator for the heads; queries may be of fewer tokens than keys.</summary>
    private string SeparateAttention(string name, string queries, string input)
    {
        int size = config.HiddenSize;
        string self = $"{name}.attention.self";
        return graph.MicrosoftNode(
            self,
            "MultiHeadAttention",
            [Linear($"{self}.query", queries, size, size), Linear($"{self}.key", input, size, size), Linear($"{self}.value", input, size, size), AttentionBias(name), Mask],
            Attribute("num_heads", (long)config.Heads));
    }

    private string AttentionBias(string name)
    {
        int size = config.HiddenSize;
        string self = $"{name}.attention.self";
        float[] bias = [.. weights.Vector($"{self}.query.bias", size), .. weights.Vector($"{self}.key.bias", size), .. weights.Vector($"{self}.value.bias", size)];
        return graph.Weight($"{self}.bias", [3 * size], bias);
    }

    private string Linear(string name, string input, int inputs, int outputs) =>
        linear.Emit(name, input, weights.Turned($"{name}.weight", outputs, inputs), inputs, outputs);

    private string Activate(string name, string input)
    {
        string bias = Bias($"{name}.dense", config.IntermediateSize);
        return config.Activation switch
        {
            Activation.Gelu => graph.MicrosoftNode(name, "BiasGelu", [input, bias]),
            Activation.GeluTanh => graph.MicrosoftNode(name, "FastGelu", [input, bias]),
            _ => graph.Node(name, "Relu", [graph.Node($"{name}.biased", "Add", [input, bias])]),
        };
    }

    /// <summary>Bias, residual and normalisation as operators of their own: ONNX Runtime's fused <c>SkipLayerNormalization</c> takes several times as long on the processor.</summary>
    private string SkipNorm(string name, string input, string residual)
    {
        string biased = graph.Node($"{name}.biased", "Add", [input, Bias($"{name}.dense", config.HiddenSize)]);
        string sum = graph.Node($"{name}.sum", "Add", [biased, residual]);
        return graph.Node(name, "LayerNormalization", [sum, .. Norm($"{name}.LayerNorm")], Attribute("axis", -1L), Attribute("epsilon", config.LayerNormEpsilon));
    }

    private string[] Norm(string name) =>
    [
        graph.Weight($"{name}.weight", [config.HiddenSize], weights.Vector($"{name}.weight", config.HiddenSize)),
        graph.Weight($"{name}.bias", [config.HiddenSize], weights.Vector($"{name}.bias", config.HiddenSize)),
    ];

    private string Bias(string name, int size) => graph.Weight($"{name}.bias", [size], weights.Vector($"{name}.bias", size));

    private string FirstToken(string name, string input) =>
        graph.Node(name, "Slice", [input, graph.Constant("zero", 0L), graph.Constant("one", 1L), graph.Constant("one", 1L)]);
}
