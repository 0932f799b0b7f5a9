using MedEmbed.Training.Encoders;
using MedEmbed.Training.Recipes;
using static TorchSharp.torch;

namespace MedEmbed.Training.Runs;

/// <summary>Keeps parameters as they are.</summary>
internal static class Freezing
{
    /// <summary>Switches gradients off for parameters whose names are one of <paramref name="names"/>, or begin with one and a dot, whatever stands before it in <c>embeddings.NAME</c>.</summary>
    /// <exception cref="RecipeException">A name matches nothing.</exception>
    public static void Apply(TrainableEncoder encoder, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            Tensor[] frozen = [.. encoder.Parameters.Where(parameter => Matches(parameter.Key, name)).Select(parameter => parameter.Value)];
            if (frozen.Length == 0)
                throw new RecipeException($"\"freeze\" names \"{name}\", but no parameter begins so; there are embeddings, embeddings.word_embeddings, encoder.layer.0 and so on.");
            foreach (Tensor parameter in frozen)
                parameter.requires_grad = false;
        }
    }

    private static bool Matches(string parameter, string name) =>
        parameter == name || parameter.StartsWith(name + ".", StringComparison.Ordinal);
}
