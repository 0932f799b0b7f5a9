namespace MedEmbed.Graph;

/// <summary>Matrix products in int8: weights with one scale an output, activations with one scale a call (ONNX Runtime's dynamic quantisation).</summary>
/// <remarks>Without VNNI, AVX2 adds pairs of byte products in 16 bits and saturates; weights of seven bits keep that from happening
/// (ONNX Runtime, "Quantize ONNX models", reduce_range).</remarks>
internal sealed class Int8LinearEmitter(GraphBuilder graph, bool sevenBits) : ILinearEmitter
{
    public bool FusesAttention => false;

    public string Emit(string name, string input, float[] weight, int inputs, int outputs)
    {
        float[] scales = new float[outputs];
        for (int i = 0; i < weight.Length; i++)
            scales[i % outputs] = Math.Max(scales[i % outputs], Math.Abs(weight[i]));
        int largest = sevenBits ? 63 : 127;
        for (int output = 0; output < outputs; output++)
            scales[output] = scales[output] > 0 ? scales[output] / largest : 1;

        sbyte[] quantized = new sbyte[weight.Length];
        for (int i = 0; i < weight.Length; i++)
            quantized[i] = (sbyte)Math.Clamp(MathF.Round(weight[i] / scales[i % outputs]), -largest, largest);
        return graph.MicrosoftNode(
            name,
            "DynamicQuantizeMatMul",
            [
                input,
                graph.Weight<sbyte>($"{name}.weight", OnnxElementType.Int8, [inputs, outputs], quantized),
                graph.Weight($"{name}.weight_scale", [outputs], scales),
            ]);
    }
}
