using MedEmbed.Training.Libtorch;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Optimization;

/// <summary>Clipping of gradients by their global norm, as <c>torch.nn.utils.clip_grad_norm_</c> does it.</summary>
public static class GradientClipping
{
    /// <summary>torch divides by the norm and this.</summary>
    private const double NormEpsilon = 1e-6;

    /// <summary>The Euclidean norm of all gradients of <paramref name="parameters"/> as one vector, 0 where there are none; not finite where a gradient is not.</summary>
    public static double GlobalNorm(IEnumerable<Tensor> parameters)
    {
        using DisposeScope temporaries = NewDisposeScope();
        return Norm(Gradients(parameters));
    }

    /// <summary>Multiplies all gradients by <paramref name="maximum"/> / (norm + 1e-6) where that is below 1.</summary>
    /// <param name="parameters">Parameters whose gradients are clipped; those without gradient do not count.</param>
    /// <param name="maximum">The greatest norm, above 0.</param>
    /// <returns>The norm before clipping. Where it is not finite the gradients are left as they are, and the step should not be taken.</returns>
    public static double Clip(IEnumerable<Tensor> parameters, double maximum)
    {
        OptionRange.Positive(maximum, nameof(maximum));
        using DisposeScope temporaries = NewDisposeScope();
        using IDisposable withoutGraph = no_grad();
        Tensor[] gradients = Gradients(parameters);
        double norm = Norm(gradients);
        double factor = maximum / (norm + NormEpsilon);
        if (double.IsFinite(norm) && factor < 1)
        {
            foreach (Tensor gradient in gradients)
                gradient.MultiplyInPlace(factor);
        }

        return norm;
    }

    private static Tensor[] Gradients(IEnumerable<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
    }

    // The norms of all tensors come back from the device together, not one by one.
    private static double Norm(Tensor[] gradients) =>
        gradients.Length == 0 ? 0 : stack(gradients.Select(gradient => linalg.norm(gradient))).to(ScalarType.Float64).norm().item<double>();
}
