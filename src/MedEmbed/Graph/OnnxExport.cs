using MedEmbed.Models;

namespace MedEmbed.Graph;

/// <summary>Writes a model folder as an ONNX graph for other programs.</summary>
/// <remarks>The graph takes <c>input_ids</c> and <c>attention_mask</c> (int32, batch × tokens, padding at the end; also <c>pooling_mask</c> where the model leaves the
/// prompt out of pooling) and gives <c>sentence_embedding</c> (f32, batch × dimensions), pooled and normalised as the folder says.
/// It uses operators of the domain <c>com.microsoft</c> version 1, which ONNX Runtime has.</remarks>
public static class OnnxExport
{
    /// <summary>The graph's file.</summary>
    public const string GraphFileName = TextEncoderGraph.GraphFileName;

    /// <summary>The file of weights, which the graph's refers to by this name.</summary>
    public const string WeightsFileName = TextEncoderGraph.WeightsFileName;

    /// <summary>Writes <see cref="GraphFileName"/> and <see cref="WeightsFileName"/> into <paramref name="folder"/>, which must exist.</summary>
    /// <exception cref="ModelFormatException">The weights are missing, malformed or of other shapes than the config says.</exception>
    public static void Write(ModelFolder model, Precision precision, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        TextEncoderGraph.Write(model, precision, folder);
    }

    /// <summary>Writes the same files with operators of the ONNX standard alone (opset 18), in f32, for runtimes that lack ONNX Runtime's own.</summary>
    /// <remarks>Inputs are int64 <c>input_ids</c>, <c>attention_mask</c> and <c>token_type_ids</c>, as most exporters have them; <c>last_hidden_state</c> is an output beside <c>sentence_embedding</c>.</remarks>
    /// <exception cref="ModelFormatException">The weights are missing, malformed or of other shapes than the config says; or a Dense module's activation has no standard operator.</exception>
    public static void WritePortable(ModelFolder model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        TextEncoderGraph.WritePortable(model, folder);
    }
}
