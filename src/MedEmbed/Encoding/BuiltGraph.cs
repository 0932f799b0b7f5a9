using MedEmbed.Graph;
using Microsoft.ML.OnnxRuntime;

namespace MedEmbed.Encoding;

/// <summary>A graph that <see cref="TextEncoderGraph"/> wrote.</summary>
internal sealed class BuiltGraph : IVectorGraph
{
    private static readonly string[] Outputs = [TextEncoderGraph.OutputName];

    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly RunOptions _runOptions = new();
    private readonly int _dimensions;

    public BuiltGraph(string path, int dimensions)
    {
        // The operators are fused already; optimisers would only search.
        _session = OnnxSessions.Open(path, GraphOptimizationLevel.ORT_ENABLE_BASIC);
        _inputs = [.. _session.InputMetadata.Keys];
        _dimensions = dimensions;
    }

    public void Run(PaddedTokens tokens, float[] vectors)
    {
        long[] shape = [tokens.Rows, tokens.Length];
        using var inputs = new OrtInputs(_inputs.Length);
        foreach (string name in _inputs)
            inputs.Add(tokens.Named(name), shape);
        using var output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, vectors.AsMemory(0, tokens.Rows * _dimensions), [tokens.Rows, _dimensions]);
        _session.Run(_runOptions, _inputs, inputs.Values, Outputs, [output]);
    }

    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
    }
}
