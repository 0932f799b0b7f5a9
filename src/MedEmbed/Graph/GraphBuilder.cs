using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using MedEmbed.Graph.Onnx;

namespace MedEmbed.Graph;

/// <summary>Builds an ONNX graph node by node.</summary>
/// <param name="weights">The file for weights beside the graph; null keeps them in the graph, which suits small ones.</param>
internal sealed class GraphBuilder(GraphWeights? weights)
{
    /// <summary>ONNX Runtime's own operators.</summary>
    public const string Microsoft = "com.microsoft";

    private readonly GraphProto _graph = new() { Name = "text_encoder" };
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public void Input(string name, OnnxElementType type, params ReadOnlySpan<string> dimensions) =>
        _graph.Input.Add(ValueInfo(name, type, dimensions));

    /// <summary>Declares <paramref name="value"/> as an output under <paramref name="name"/>.</summary>
    /// <param name="name">Name of the output.</param>
    /// <param name="value">The tensor to give out.</param>
    /// <param name="dimensions">Symbolic names or numbers.</param>
    public void Output(string name, string value, params ReadOnlySpan<string> dimensions)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Name = $"{name}/identity", Input = { value }, Output = { name } });
        _graph.Output.Add(ValueInfo(name, OnnxElementType.Float, dimensions));
    }

    /// <summary>Adds an operator of the standard set and gives the name of its first output.</summary>
    public string Node(string name, string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Add(name, operation, "", inputs, attributes);

    /// <summary>Adds an operator of ONNX Runtime's own and gives the name of its first output.</summary>
    public string MicrosoftNode(string name, string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Add(name, operation, Microsoft, inputs, attributes);

    /// <summary>Gives the last added operator one more output, which its definition demands and nobody reads.</summary>
    public void UnusedOutput(string name)
    {
        Claim(name);
        _graph.Node[^1].Output.Add(name);
    }

    /// <summary>Adds weights.</summary>
    public string Weight<T>(string name, OnnxElementType type, ReadOnlySpan<long> shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (weights is null)
            return Constant(name, type, shape, values);
        long offset = weights.Append(values);
        long length = MemoryMarshal.AsBytes(values).Length;
        TensorProto tensor = Tensor(name, type, shape);
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        Add(tensor, "location", weights.FileName);
        Add(tensor, "offset", offset.ToString(CultureInfo.InvariantCulture));
        Add(tensor, "length", length.ToString(CultureInfo.InvariantCulture));
        return name;
    }

    public string Weight(string name, ReadOnlySpan<long> shape, ReadOnlySpan<float> values) =>
        Weight(name, OnnxElementType.Float, shape, values);

    /// <summary>Adds a constant, stored in the graph itself; one of the same name is used again.</summary>
    public string Constant<T>(string name, OnnxElementType type, ReadOnlySpan<long> shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!_names.Contains(name))
            Tensor(name, type, shape).RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
        return name;
    }

    public string Constant(string name, params ReadOnlySpan<long> values) => Constant(name, OnnxElementType.Int64, [values.Length], values);

    public string Scalar(string name, float value) => Constant(name, OnnxElementType.Float, [], [value]);

    /// <summary>The whole graph.</summary>
    public ModelProto Build(IReadOnlyDictionary<string, string> metadata)
    {
        var model = new ModelProto
        {
            IrVersion = 10,
            ProducerName = "MedEmbed",
            Graph = _graph,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 18 } },
        };
        if (_graph.Node.Any(node => node.Domain == Microsoft))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = Microsoft, Version = 1 });
        foreach ((string key, string value) in metadata)
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }

    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Attribute(string name, float value) =>
        new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    public static AttributeProto Attribute(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (long value in values)
            attribute.Ints.Add(value);
        return attribute;
    }

    private string Add(string name, string operation, string domain, ReadOnlySpan<string> inputs, ReadOnlySpan<AttributeProto> attributes)
    {
        Claim(name);
        var node = new NodeProto { OpType = operation, Name = name, Output = { name } };
        if (domain.Length > 0)
            node.Domain = domain;
        foreach (string input in inputs)
            node.Input.Add(input);
        foreach (AttributeProto attribute in attributes)
            node.Attribute.Add(attribute);
        _graph.Node.Add(node);
        return name;
    }

    private TensorProto Tensor(string name, OnnxElementType type, ReadOnlySpan<long> shape)
    {
        Claim(name);
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        foreach (long size in shape)
            tensor.Dims.Add(size);
        _graph.Initializer.Add(tensor);
        return tensor;
    }

    private void Claim(string name)
    {
        if (!_names.Add(name))
            throw new InvalidOperationException($"Two values of the graph are named \"{name}\".");
    }

    private static void Add(TensorProto tensor, string key, string value) =>
        tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });

    private static ValueInfoProto ValueInfo(string name, OnnxElementType type, ReadOnlySpan<string> dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (string dimension in dimensions)
        {
            shape.Dim.Add(long.TryParse(dimension, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }
}
