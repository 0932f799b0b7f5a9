using MedEmbed.Models;
using static MedEmbed.Graph.GraphBuilder;

namespace MedEmbed.Graph;

/// <summary>Emits the steps after the transformer: pooling, Dense and normalisation, as sentence-transformers defines them.</summary>
internal sealed class PoolingGraph(GraphBuilder graph, ModelFolder model)
{
    /// <summary>The input that says which tokens take part, where the prompt's do not.</summary>
    public const string MaskName = "pooling_mask";

    /// <summary>The input of token vectors, where the transformer is a graph of its own.</summary>
    public const string StatesName = "token_states";

    private bool _maskEmitted;

    /// <summary>Whether CLS is the only mode, so that the last layer need compute nothing else.</summary>
    public bool NeedsFirstTokenOnly => model.Pooling.Modes is [PoolingMode.Cls] && model.Pooling.IncludePrompt;

    /// <summary>Emits all steps over <paramref name="tokens"/> (batch × tokens × hidden) and gives a tensor of batch × dimensions.</summary>
    public string Emit(string tokens)
    {
        string vector = Pool(tokens);
        for (int step = 1; step < model.Modules.Count; step++)
        {
            vector = model.Modules[step] switch
            {
                DenseModule dense => Dense($"step{step}.dense", vector, dense),
                _ => Normalize($"step{step}.normalize", vector),
            };
        }

        return vector;
    }

    private string Pool(string tokens)
    {
        if (NeedsFirstTokenOnly)
            return FirstToken(tokens);
        string[] pooled = [.. model.Pooling.Modes.Select(mode => Pool(mode, tokens))];
        return pooled is [var single] ? single : graph.Node("pooling.joined", "Concat", pooled, Attribute("axis", -1L));
    }

    private string Pool(PoolingMode mode, string tokens)
    {
        if (mode == PoolingMode.Cls)
            return FirstToken(tokens);
        string mask = Mask();
        return mode switch
        {
            PoolingMode.Max => Max(tokens, mask),
            PoolingMode.Mean => Ratio("pooling.mean", WeightedSum("pooling.mean.sum", mask, tokens), Count("pooling.mean.count", mask)),
            PoolingMode.MeanSqrtLength => Ratio(
                "pooling.mean_sqrt",
                WeightedSum("pooling.mean_sqrt.sum", mask, tokens),
                graph.Node("pooling.mean_sqrt.root", "Sqrt", [Count("pooling.mean_sqrt.count", mask)])),
            PoolingMode.WeightedMean => WeightedMean(tokens, mask),
            _ => LastToken(tokens, mask),
        };
    }

    /// <summary>1 for tokens that take part, else 0; batch × tokens, f32. An input of its own where the prompt's tokens are left out.</summary>
    private string Mask()
    {
        const string Name = "pooling.mask";
        if (!_maskEmitted)
        {
            _maskEmitted = true;
            if (!model.Pooling.IncludePrompt)
                graph.Input(MaskName, OnnxElementType.Int32, "batch", "tokens");
            graph.Node(Name, "Cast", [model.Pooling.IncludePrompt ? "attention_mask" : MaskName], Attribute("to", (long)OnnxElementType.Float));
        }

        return Name;
    }

    /// <summary>The first token; where the prompt is left out the first behind it, as sentence-transformers has it since version 6.</summary>
    private string FirstToken(string tokens)
    {
        const string Name = "pooling.cls";
        if (model.Pooling.IncludePrompt)
            return graph.Node(Name, "Gather", [tokens, graph.Constant("first", OnnxElementType.Int64, [], [0L])], Attribute("axis", 1L));
        return graph.Node(Name, "GatherND", [tokens, graph.Node($"{Name}.position", "ArgMax", [Mask()], Attribute("axis", 1L))], Attribute("batch_dims", 1L));
    }

    private string Max(string tokens, string mask)
    {
        string taken = graph.Node("pooling.max.taken", "Cast", [Column("pooling.max", mask)], Attribute("to", (long)OnnxElementType.Bool));
        string values = graph.Node("pooling.max.values", "Where", [taken, tokens, graph.Scalar("pooling.max.lowest", -1e9f)]);
        return graph.Node("pooling.max", "ReduceMax", [values, graph.Constant("axis1", 1L)], Attribute("keepdims", 0L));
    }

    private string WeightedMean(string tokens, string mask)
    {
        string positional = Positional("pooling.weighted.weights", mask);
        return Ratio("pooling.weighted", WeightedSum("pooling.weighted.sum", positional, tokens), Count("pooling.weighted.count", positional));
    }

    /// <summary>The token whose position is the largest among those taken; a zero vector where none is.</summary>
    private string LastToken(string tokens, string mask)
    {
        string positional = Positional("pooling.last.positions", mask);
        string largest = graph.Node("pooling.last.largest", "ReduceMax", [positional, graph.Constant("axis1", 1L)]);
        string hit = graph.Node("pooling.last.hit", "Equal", [positional, largest]);
        string chosen = graph.Node("pooling.last.chosen", "Mul", [graph.Node("pooling.last.one_hot", "Cast", [hit], Attribute("to", (long)OnnxElementType.Float)), mask]);
        return WeightedSum("pooling.last", chosen, tokens);
    }

    /// <summary>Each taken token's position counted from 1; 0 for the others.</summary>
    private string Positional(string name, string mask)
    {
        string length = graph.Node($"{name}.length", "Gather", [graph.Node($"{name}.shape", "Shape", [mask]), graph.Constant("second", OnnxElementType.Int64, [], [1L])]);
        string end = graph.Node($"{name}.end", "Add", [graph.Node($"{name}.length_f32", "Cast", [length], Attribute("to", (long)OnnxElementType.Float)), graph.Scalar("one_f32", 1)]);
        string positions = graph.Node($"{name}.range", "Range", [graph.Scalar("one_f32", 1), end, graph.Scalar("one_f32", 1)]);
        return graph.Node(name, "Mul", [mask, positions]);
    }

    /// <summary>Sum over tokens of weight times vector, as a product of 1 × tokens with tokens × hidden.</summary>
    private string WeightedSum(string name, string tokenWeights, string tokens)
    {
        string row = graph.Node($"{name}.row", "Unsqueeze", [tokenWeights, graph.Constant("axis1", 1L)]);
        return graph.Node(name, "Squeeze", [graph.Node($"{name}.product", "MatMul", [row, tokens]), graph.Constant("axis1", 1L)]);
    }

    private string Count(string name, string tokenWeights)
    {
        string sum = graph.Node($"{name}.sum", "ReduceSum", [tokenWeights, graph.Constant("axis1", 1L)]);
        return graph.Node(name, "Max", [sum, graph.Scalar("pooling.least", 1e-9f)]);
    }

    private string Ratio(string name, string sum, string count) => graph.Node(name, "Div", [sum, count]);

    private string Column(string name, string tokenWeights) =>
        graph.Node($"{name}.column", "Unsqueeze", [tokenWeights, graph.Constant("axis2", 2L)]);

    private string Dense(string name, string vector, DenseModule dense)
    {
        using var file = Safetensors.SafetensorsFile.Open(dense.WeightsPath);
        float[] weight = DenseTensor(file, "linear.weight", [dense.OutputSize, dense.InputSize]);
        string result = graph.Node($"{name}.product", "MatMul", [vector, graph.Weight($"{name}.weight", [dense.InputSize, dense.OutputSize], BertWeights.Turn(weight, dense.OutputSize, dense.InputSize))]);
        if (dense.HasBias)
            result = graph.Node($"{name}.biased", "Add", [result, graph.Weight($"{name}.bias", [dense.OutputSize], DenseTensor(file, "linear.bias", [dense.OutputSize]))]);
        return dense.Activation switch
        {
            Activation.Tanh => graph.Node(name, "Tanh", [result]),
            Activation.Relu => graph.Node(name, "Relu", [result]),
            Activation.Sigmoid => graph.Node(name, "Sigmoid", [result]),
            Activation.Gelu => graph.MicrosoftNode(name, "Gelu", [result]),
            _ => result,
        };
    }

    private static float[] DenseTensor(Safetensors.SafetensorsFile file, string name, long[] shape)
    {
        Safetensors.TensorInfo tensor = file.Find(name);
        return tensor.Shape.SequenceEqual(shape)
            ? file.Read(name)
            : throw new ModelFormatException(file.Path, $"stores tensor \"{name}\" with shape {tensor.ShapeText}, but the module's config.json describes [{string.Join(", ", shape)}].");
    }

    /// <summary>Division by the length, but at least 1e-12, as torch.nn.functional.normalize does.</summary>
    private string Normalize(string name, string vector)
    {
        string length = graph.Node($"{name}.length", "ReduceL2", [vector, graph.Constant("axis1", 1L)]);
        return graph.Node(name, "Div", [vector, graph.Node($"{name}.divisor", "Max", [length, graph.Scalar("least_length", 1e-12f)])]);
    }
}
