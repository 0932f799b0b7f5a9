using System.Buffers;
using MedEmbed.Graph;
using MedEmbed.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MedEmbed.Encoding;

/// <summary>A transformer that another tool exported (<c>onnx/model.onnx</c>), followed by the folder's own pooling.</summary>
/// <remarks>The transformer takes int64 <c>input_ids</c>, <c>attention_mask</c> and, where it has them, <c>token_type_ids</c>, and gives the last hidden state:
/// <c>last_hidden_state</c> or <c>token_embeddings</c>, batch × tokens × hidden.</remarks>
internal sealed class ExportedGraph : IVectorGraph
{
    private static readonly string[] Outputs = [TextEncoderGraph.OutputName];

    private readonly InferenceSession _transformer;
    private readonly InferenceSession _pooling;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputs;
    private readonly string[] _poolingInputs;
    private readonly string[] _states;
    private readonly int _dimensions;

    public ExportedGraph(ModelFolder model)
    {
        string path = model.OnnxFile ?? throw new ModelFormatException(Path.Combine(model.Path, "onnx", "model.onnx"), "is missing, but the exported graph was asked for.");
        _dimensions = model.Dimensions;
        _transformer = OnnxSessions.Open(path, GraphOptimizationLevel.ORT_ENABLE_ALL);
        _inputs = [.. _transformer.InputMetadata.Keys];
        foreach ((string name, NodeMetadata input) in _transformer.InputMetadata)
        {
            if (name is not ("input_ids" or "attention_mask" or "token_type_ids") || input.ElementDataType != TensorElementType.Int64)
                throw new ModelFormatException(path, $"asks for the input \"{name}\" of {input.ElementDataType}; int64 input_ids, attention_mask and token_type_ids are known.");
        }

        _states = [FindStates(path, model.Config.HiddenSize)];
        _pooling = OnnxSessions.Open(TextEncoderGraph.PoolingAlone(model));
        _poolingInputs = [.. _pooling.InputMetadata.Keys];
    }

    public void Run(PaddedTokens tokens, float[] vectors)
    {
        long[] shape = [tokens.Rows, tokens.Length];
        using var inputs = new OrtInputs(_inputs.Length);
        long[][] widened = [.. _inputs.Select(name => Widen(name, tokens))];
        foreach (long[] values in widened)
            inputs.Add(values.AsMemory(0, tokens.Count), shape);
        using IDisposableReadOnlyCollection<OrtValue> states = _transformer.Run(_runOptions, _inputs, inputs.Values, _states);
        foreach (long[] values in widened)
            ArrayPool<long>.Shared.Return(values);

        using var poolingInputs = new OrtInputs(_poolingInputs.Length);
        foreach (string name in _poolingInputs)
        {
            if (name == PoolingGraph.StatesName)
                poolingInputs.Add(states[0]);
            else
                poolingInputs.Add(tokens.Named(name), shape);
        }

        using var output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, vectors.AsMemory(0, tokens.Rows * _dimensions), [tokens.Rows, _dimensions]);
        _pooling.Run(_runOptions, _poolingInputs, poolingInputs.Values, Outputs, [output]);
    }

    public void Dispose()
    {
        _transformer.Dispose();
        _pooling.Dispose();
        _runOptions.Dispose();
    }

    private static long[] Widen(string name, PaddedTokens tokens)
    {
        long[] values = ArrayPool<long>.Shared.Rent(tokens.Count);
        if (name == "token_type_ids")
        {
            values.AsSpan(0, tokens.Count).Clear();
            return values;
        }

        ReadOnlySpan<int> source = tokens.Named(name).Span;
        for (int i = 0; i < source.Length; i++)
            values[i] = source[i];
        return values;
    }

    private string FindStates(string path, int hiddenSize)
    {
        foreach (string name in (ReadOnlySpan<string>)["last_hidden_state", "token_embeddings"])
        {
            if (_transformer.OutputMetadata.TryGetValue(name, out NodeMetadata? output) && output.Dimensions is [.., var size] && (size == hiddenSize || size < 0))
                return name;
        }

        throw new ModelFormatException(path, $"has no output last_hidden_state or token_embeddings of {hiddenSize} numbers a token, but {string.Join(", ", _transformer.OutputMetadata.Keys)}.");
    }
}
