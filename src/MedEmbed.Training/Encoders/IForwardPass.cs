using static TorchSharp.torch;

namespace MedEmbed.Training.Encoders;

/// <summary>One pass of an encoder over some texts, ready for its backward half.</summary>
public interface IForwardPass
{
    /// <summary>The texts' vectors, n × dimensions, f32, cut off from the pass: a loss takes them as its leaves.</summary>
    Tensor Vectors { get; }

    /// <summary>Adds to the parameters' gradients what follows from <paramref name="gradient"/> at <see cref="Vectors"/>; once a pass.</summary>
    void Backward(Tensor gradient);
}
