using MedEmbed.Models;
using static MedEmbed.Graph.GraphBuilder;

namespace MedEmbed.Graph;

/// <summary>Emits BERT's layers with operators of the ONNX standard alone, for runtimes that lack ONNX Runtime's own, with the inputs that such exports usually have.</summary>
/// <remarks>Inputs are <c>input_ids</c>, <c>attention_mask</c> and <c>token_type_ids</c>, all int64 of batch × tokens.</remarks>
internal sealed class PortableBertGraph(GraphBuilder graph, BertConfig config, BertWeights weights)
{
    private readonly int _headSize = config.HiddenSize / config.Heads;

    /// <summary>Emits the transformer and gives its last hidden state: batch × tokens × hidden.</summary>
    public string Emit()
    {
        foreach (string input in (ReadOnlySpan<string>)["input_ids", BertGraph.Mask, "token_type_ids"])
            graph.Input(input, OnnxElementType.Int64, "batch", "tokens");
        string bias = MaskBias();
        string hidden = Embeddings();
        for (int layer = 0; layer < config.Layers; layer++)
            hidden = Layer($"encoder.layer.{layer}", hidden, bias);
        return hidden;
    }

    /// <summary>What is added to attention scores: 0 for tokens, the lowest f32 for padding; batch × 1 × 1 × tokens.</summary>
    private string MaskBias()
    {
        string mask = graph.Node("mask.f32", "Cast", [BertGraph.Mask], Attribute("to", (long)OnnxElementType.Float));
        string padding = graph.Node("mask.padding", "Sub", [graph.Scalar("one_f32", 1), mask]);
        string bias = graph.Node("mask.bias", "Mul", [padding, graph.Scalar("lowest_f32", float.MinValue)]);
        return graph.Node("mask.broadcast", "Unsqueeze", [bias, graph.Constant("axes12", 1L, 2L)]);
    }

    private string Embeddings()
    {
        const string Name = "embeddings";
        string words = Lookup($"{Name}.word_embeddings", config.VocabularySize, "input_ids");
        string types = Lookup($"{Name}.token_type_embeddings", config.TokenTypes, "token_type_ids");
        string length = graph.Node("length", "Gather", [graph.Node("shape", "Shape", ["input_ids"]), graph.Constant("second", OnnxElementType.Int64, [], [1L])]);
        string positions = graph.Node("positions", "Range", [graph.Constant("zero_scalar", OnnxElementType.Int64, [], [0L]), length, graph.Constant("one_scalar", OnnxElementType.Int64, [], [1L])]);
        string sum = graph.Node($"{Name}.words_and_types", "Add", [words, types]);
        return Norm($"{Name}.LayerNorm", graph.Node($"{Name}.sum", "Add", [sum, Lookup($"{Name}.position_embeddings", config.MaxPositions, positions)]));
    }

    private string Lookup(string name, int rows, string ids) =>
        graph.Node($"{name}.rows", "Gather", [graph.Weight($"{name}.weight", [rows, config.HiddenSize], weights.Table($"{name}.weight", rows, config.HiddenSize)), ids]);

    private string Layer(string name, string input, string maskBias)
    {
        string self = $"{name}.attention.self";
        string query = Heads($"{self}.query", input, 0, 2, 1, 3);
        string key = Heads($"{self}.key", input, 0, 2, 3, 1);
        string value = Heads($"{self}.value", input, 0, 2, 1, 3);
        string scaled = graph.Node($"{self}.scaled", "Div", [graph.Node($"{self}.scores", "MatMul", [query, key]), graph.Scalar("root_of_head_size", MathF.Sqrt(_headSize))]);
        string shares = graph.Node($"{self}.shares", "Softmax", [graph.Node($"{self}.masked", "Add", [scaled, maskBias])], Attribute("axis", -1L));
        string context = graph.Node($"{self}.context", "Transpose", [graph.Node($"{self}.heads", "MatMul", [shares, value])], Attribute("perm", 0L, 2L, 1L, 3L));
        string joined = graph.Node($"{self}.joined", "Reshape", [context, graph.Constant("joined_shape", 0L, 0L, config.HiddenSize)]);
        string attended = SkipNorm($"{name}.attention.output", Linear($"{name}.attention.output.dense", joined, config.HiddenSize, config.HiddenSize), input);
        string inner = Activate($"{name}.intermediate", Linear($"{name}.intermediate.dense", attended, config.HiddenSize, config.IntermediateSize));
        return SkipNorm($"{name}.output", Linear($"{name}.output.dense", inner, config.IntermediateSize, config.HiddenSize), attended);
    }

    private string Heads(string name, string input, params ReadOnlySpan<long> order)
    {
        string split = graph.Node($"{name}.split", "Reshape", [Linear(name, input, config.HiddenSize, config.HiddenSize), graph.Constant("split_shape", 0L, 0L, config.Heads, _headSize)]);
        return graph.Node($"{name}.heads", "Transpose", [split], Attribute("perm", order));
    }

    private string Linear(string name, string input, int inputs, int outputs)
    {
        string product = graph.Node($"{name}.product", "MatMul", [input, graph.Weight($"{name}.weight", [inputs, outputs], weights.Turned($"{name}.weight", outputs, inputs))]);
        return graph.Node($"{name}.output", "Add", [product, graph.Weight($"{name}.bias", [outputs], weights.Vector($"{name}.bias", outputs))]);
    }

    private string Activate(string name, string input) => config.Activation switch
    {
        Activation.Gelu => Gelu(name, input),
        Activation.GeluTanh => GeluTanh(name, input),
        _ => graph.Node(name, "Relu", [input]),
    };

    /// <summary>x · (1 + erf(x / √2)) / 2.</summary>
    private string Gelu(string name, string input)
    {
        string erf = graph.Node($"{name}.erf", "Erf", [graph.Node($"{name}.scaled", "Div", [input, graph.Scalar("root_of_two", MathF.Sqrt(2))])]);
        return Half(name, input, graph.Node($"{name}.one_plus", "Add", [erf, graph.Scalar("one_f32", 1)]));
    }

    /// <summary>x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2.</summary>
    private string GeluTanh(string name, string input)
    {
        string cube = graph.Node($"{name}.cube", "Mul", [graph.Node($"{name}.square", "Mul", [input, input]), input]);
        string sum = graph.Node($"{name}.sum", "Add", [input, graph.Node($"{name}.part", "Mul", [cube, graph.Scalar("gelu_cubic", 0.044715f)])]);
        string tanh = graph.Node($"{name}.tanh", "Tanh", [graph.Node($"{name}.scaled", "Mul", [sum, graph.Scalar("gelu_scale", MathF.Sqrt(2 / MathF.PI))])]);
        return Half(name, input, graph.Node($"{name}.one_plus", "Add", [tanh, graph.Scalar("one_f32", 1)]));
    }

    private string Half(string name, string input, string factor) =>
        graph.Node(name, "Mul", [graph.Node($"{name}.twice", "Mul", [input, factor]), graph.Scalar("half", 0.5f)]);

    private string SkipNorm(string name, string input, string residual) =>
        Norm($"{name}.LayerNorm", graph.Node($"{name}.sum", "Add", [input, residual]));

    private string Norm(string name, string input)
    {
        string scale = graph.Weight($"{name}.weight", [config.HiddenSize], weights.Vector($"{name}.weight", config.HiddenSize));
        string shift = graph.Weight($"{name}.bias", [config.HiddenSize], weights.Vector($"{name}.bias", config.HiddenSize));
        return graph.Node($"{name}.output", "LayerNormalization", [input, scale, shift], Attribute("axis", -1L), Attribute("epsilon", config.LayerNormEpsilon));
    }
}
