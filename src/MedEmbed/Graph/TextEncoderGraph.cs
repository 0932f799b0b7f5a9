using System.Runtime.Intrinsics.X86;
using Google.Protobuf;
using MedEmbed.Graph.Onnx;
using MedEmbed.Models;
using MedEmbed.Safetensors;

namespace MedEmbed.Graph;

/// <summary>Writes a model folder as an ONNX graph with its weights beside it: token ids in, vectors out.</summary>
/// <remarks>The graph takes <c>input_ids</c> and <c>attention_mask</c> (int32, batch × tokens; also <c>pooling_mask</c> where the model leaves the prompt out of pooling)
/// and gives <c>sentence_embedding</c> (f32, batch × dimensions). It uses operators of the domain <c>com.microsoft</c>, which ONNX Runtime has.</remarks>
internal static class TextEncoderGraph
{
    public const string GraphFileName = "model.onnx";
    public const string WeightsFileName = "model.onnx_data";
    public const string OutputName = "sentence_embedding";

    /// <summary>Changes whenever the graph built from the same model changes, so that cached graphs of older versions are not used.</summary>
    public const int Version = 4;

    /// <summary>Whether int8 weights keep to seven bits on this machine.</summary>
    public static bool UsesSevenBits => !AvxVnni.IsSupported && !Avx512BW.IsSupported;

    /// <summary>Writes <see cref="GraphFileName"/> and <see cref="WeightsFileName"/> into <paramref name="folder"/>.</summary>
    /// <exception cref="ModelFormatException">The weights are missing, malformed or of other shapes than the config says.</exception>
    public static void Write(ModelFolder model, Precision precision, string folder) =>
        Write(model, folder, precision == Precision.Int8 ? "int8" : "f32", (builder, weights) =>
        {
            ILinearEmitter linear = precision == Precision.Int8 ? new Int8LinearEmitter(builder, UsesSevenBits) : new FloatLinearEmitter(builder);
            var pooling = new PoolingGraph(builder, model);
            string tokens = new BertGraph(builder, model.Config, weights, linear).Emit(pooling.NeedsFirstTokenOnly);
            builder.Output(OutputName, pooling.Emit(tokens), "batch", Number(model.Dimensions));
        });

    /// <summary>As <see cref="Write(ModelFolder, Precision, string)"/>, but of standard operators alone, in f32, with int64 inputs, and <c>last_hidden_state</c> as an output too.</summary>
    /// <exception cref="ModelFormatException">The weights are missing or malformed, or the model leaves the prompt out of pooling, for which the usual inputs have no place.</exception>
    public static void WritePortable(ModelFolder model, string folder) =>
        Write(model, folder, "f32", (builder, weights) =>
        {
            string tokens = new PortableBertGraph(builder, model.Config, weights).Emit();
            builder.Output("last_hidden_state", tokens, "batch", "tokens", Number(model.Config.HiddenSize));
            builder.Output(OutputName, new PoolingGraph(builder, model).Emit(tokens), "batch", Number(model.Dimensions));
        });

    private static void Write(ModelFolder model, string folder, string precision, Action<GraphBuilder, BertWeights> emit)
    {
        using SafetensorsFile file = model.OpenWeights();
        using var stream = new FileStream(Path.Combine(folder, WeightsFileName), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        var builder = new GraphBuilder(new GraphWeights(stream, WeightsFileName));
        emit(builder, new BertWeights(file));
        ModelProto graph = builder.Build(new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["medembed.model"] = model.Name,
            ["medembed.model_hash"] = model.ContentHash,
            ["medembed.precision"] = precision,
        });
        using FileStream output = File.Create(Path.Combine(folder, GraphFileName));
        graph.WriteTo(output);
        stream.Flush(flushToDisk: true);
        output.Flush(flushToDisk: true);
    }

    /// <summary>A graph of the steps after the transformer alone: <see cref="PoolingGraph.StatesName"/> (f32, batch × tokens × hidden) in, vectors out.</summary>
    public static byte[] PoolingAlone(ModelFolder model)
    {
        var builder = new GraphBuilder(weights: null);
        builder.Input(PoolingGraph.StatesName, OnnxElementType.Float, "batch", "tokens", Number(model.Config.HiddenSize));
        builder.Input(BertGraph.Mask, OnnxElementType.Int32, "batch", "tokens");
        builder.Output(OutputName, new PoolingGraph(builder, model).Emit(PoolingGraph.StatesName), "batch", Number(model.Dimensions));
        return builder.Build(new Dictionary<string, string>()).ToByteArray();
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
