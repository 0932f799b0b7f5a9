using static TorchSharp.torch;

namespace MedEmbed.Training.Encoders;

/// <summary>A pass that keeps all that its backward half needs.</summary>
internal sealed class RetainedPass(Tensor vectors) : IForwardPass
{
    public Tensor Vectors { get; } = vectors.detach();

    public void Backward(Tensor gradient)
    {
        vectors.backward([gradient]);

        // The graph, and all that it keeps, lives as long as its last tensor.
        vectors.Dispose();
    }
}
