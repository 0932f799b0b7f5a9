namespace MedEmbed.Models;

/// <summary>A linear layer with an activation over the pooled vector.</summary>
/// <param name="InputSize">Numbers it takes.</param>
/// <param name="OutputSize">Numbers it gives.</param>
/// <param name="HasBias">Whether a bias is added.</param>
/// <param name="Activation">What follows the linear layer.</param>
/// <param name="WeightsPath">Its <c>model.safetensors</c>, with <c>linear.weight</c> (output × input) and <c>linear.bias</c>.</param>
public sealed record DenseModule(int InputSize, int OutputSize, bool HasBias, Activation Activation, string WeightsPath) : ModelModule
{
    internal static DenseModule Read(string folder)
    {
        JsonFile json = JsonFile.Read(Path.Combine(folder, "config.json"));
        if (json.Flag("use_residual", fallback: false))
            throw new ModelFormatException(json.Path, "field \"use_residual\" is true; a Dense module with a residual connection is not known. Choose a model without one.");
        if (json.TextOrNull("module_input_name") is { } input and not "sentence_embedding")
            throw new ModelFormatException(json.Path, $"field \"module_input_name\" is \"{input}\"; a Dense module over the pooled vector (\"sentence_embedding\") is known.");
        string weights = Path.Combine(folder, "model.safetensors");
        if (!File.Exists(weights))
            throw new ModelFormatException(weights, "is missing; a Dense module needs its weights in safetensors form. Save the model again with a current sentence-transformers.");
        return new DenseModule(
            json.PositiveInteger("in_features"),
            json.PositiveInteger("out_features"),
            json.Flag("bias", fallback: true),
            ReadActivation(json),
            weights);
    }

    /// <summary>The configuration holds a Python class path, whose last name says which function it is.</summary>
    private static Activation ReadActivation(JsonFile json)
    {
        string? path = json.TextOrNull("activation_function");
        return path?[(path.LastIndexOf('.') + 1)..] switch
        {
            null or "Tanh" => Activation.Tanh,
            "Identity" => Activation.Identity,
            "ReLU" => Activation.Relu,
            "GELU" => Activation.Gelu,
            "Sigmoid" => Activation.Sigmoid,
            _ => throw new ModelFormatException(json.Path, $"field \"activation_function\" is \"{path}\"; Tanh, Identity, ReLU, GELU and Sigmoid are known."),
        };
    }
}
