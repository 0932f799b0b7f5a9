using MedEmbed.Models;
using MedEmbed.Training.Libtorch;
using static TorchSharp.torch;

namespace MedEmbed.Training.Encoders;

/// <summary>Activation functions over tensors.</summary>
internal static class ActivationTensors
{
    /// <summary>The function's values at <paramref name="states"/>.</summary>
    public static Tensor Apply(this Activation activation, Tensor states) => activation switch
    {
        Activation.Identity => states,
        Activation.Gelu => nn.functional.gelu(states),
        Activation.GeluTanh => GeluTanh(states),
        Activation.Relu => nn.functional.relu(states),
        Activation.Tanh => states.tanh(),
        _ => states.sigmoid(),
    };

    /// <summary>0.5·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) (Hendrycks and Gimpel 2016, arXiv 1606.08415).</summary>
    private static Tensor GeluTanh(Tensor states)
    {
        Tensor inner = states.Plus(states.ToThePower(3).Times(0.044715)).Times(Math.Sqrt(2 / Math.PI));
        return states.Times(0.5) * inner.tanh().Plus(1);
    }
}
