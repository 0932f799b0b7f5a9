using Microsoft.ML.OnnxRuntime;

namespace MedEmbed.Encoding;

/// <summary>Opens ONNX Runtime sessions the way encoders use them.</summary>
internal static class OnnxSessions
{
    /// <summary>Opens a graph from a file, with one thread a call: batches run side by side instead, which needs no synchronisation inside an operator.</summary>
    /// <exception cref="ModelFormatException">ONNX Runtime cannot load the graph.</exception>
    public static InferenceSession Open(string path, GraphOptimizationLevel optimization)
    {
        using SessionOptions options = Options(optimization);
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelFormatException(path, $"cannot be loaded by ONNX Runtime: {error.Message}", error);
        }
    }

    public static InferenceSession Open(byte[] graph)
    {
        using SessionOptions options = Options(GraphOptimizationLevel.ORT_ENABLE_BASIC);
        return new InferenceSession(graph, options);
    }

    private static SessionOptions Options(GraphOptimizationLevel optimization) => new()
    {
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        GraphOptimizationLevel = optimization,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,

        // Batches differ in shape, so that a memory pattern of one does not fit the next.
        EnableMemoryPattern = false,
    };
}
