using static TorchSharp.torch;

namespace MedEmbed.Training.Optimization;

/// <summary>A parameter and how it is optimised.</summary>
/// <param name="Name">Its name in the weight file.</param>
/// <param name="Tensor">Its values, f32; owned by the encoder.</param>
/// <param name="LearningRateMultiplier">What the schedule's learning rate is multiplied by, above 0.</param>
/// <param name="Decays">Whether weight decay applies.</param>
public sealed record OptimizedParameter(string Name, Tensor Tensor, double LearningRateMultiplier, bool Decays)
{
    /// <summary>The parameters of <paramref name="parameters"/> that require gradients, by name in ordinal order; those that are frozen are left out.</summary>
    /// <param name="parameters">Parameters by name.</param>
    /// <param name="rates">Learning rates by layer; null: one rate for all.</param>
    /// <remarks>Weight decay applies to all but biases and the weights of layer normalisations, as is usual since BERT.</remarks>
    public static IReadOnlyList<OptimizedParameter> Of(IReadOnlyDictionary<string, Tensor> parameters, LayerwiseRates? rates = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return
        [
            .. parameters.Where(parameter => parameter.Value.requires_grad)
                .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
                .Select(parameter => new OptimizedParameter(parameter.Key, parameter.Value, rates?.MultiplierOf(parameter.Key) ?? 1, HasDecay(parameter.Key))),
        ];
    }

    private static bool HasDecay(string name)
    {
        string[] parts = name.Split('.');
        return parts[^1] != "bias" && !(parts.Length > 1 && parts[^2].EndsWith("norm", StringComparison.OrdinalIgnoreCase));
    }
}
