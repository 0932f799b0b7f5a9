namespace MedEmbed.Models;

/// <summary>Activation functions of BERT's feed-forward layers and of Dense modules.</summary>
public enum Activation
{
    /// <summary>x.</summary>
    Identity,

    /// <summary>x · Φ(x) with the exact error function.</summary>
    Gelu,

    /// <summary>GELU's tanh approximation (<c>gelu_new</c>, <c>gelu_pytorch_tanh</c>).</summary>
    GeluTanh,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,
}
