namespace MedEmbed.Graph;

/// <summary>Matrix products in f32.</summary>
internal sealed class FloatLinearEmitter(GraphBuilder graph) : ILinearEmitter
{
    public bool FusesAttention => true;

    public string Emit(string name, string input, float[] weight, int inputs, int outputs) =>
        graph.Node(name, "MatMul", [input, graph.Weight($"{name}.weight", [inputs, outputs], weight)]);
}
