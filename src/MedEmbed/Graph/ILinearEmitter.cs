namespace MedEmbed.Graph;

/// <summary>How a linear layer's matrix product is computed; its bias is added by the operator that follows.</summary>
internal interface ILinearEmitter
{
    /// <summary>Whether attention's projections may be fused with attention itself, which computes in f32.</summary>
    bool FusesAttention { get; }

    /// <summary>Emits <c>input · weight</c> for a row-major <paramref name="weight"/> of <paramref name="inputs"/> × <paramref name="outputs"/>.</summary>
    string Emit(string name, string input, float[] weight, int inputs, int outputs);
}
