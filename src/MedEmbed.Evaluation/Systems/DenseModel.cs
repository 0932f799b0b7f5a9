using MedEmbed.Encoding;
using MedEmbed.Graph;
using MedEmbed.Models;
using MedEmbed.Vectors;

namespace MedEmbed.Evaluation.Systems;

/// <summary>An encoder with what identifies its vectors. The encoder stays the caller's to dispose.</summary>
/// <param name="Encoder">Turns texts into vectors.</param>
/// <param name="Meta">The model's name, hash and sizes.</param>
/// <param name="Precision">What it computes in, such as <c>f32</c>; part of what identifies its vectors.</param>
/// <param name="Similarity">How its vectors are compared.</param>
/// <param name="Prompts">The prompts it has.</param>
public sealed record DenseModel(ITextEncoder Encoder, ModelMeta Meta, string Precision, Similarity Similarity, ModelPrompts Prompts)
{
    /// <summary>The model of an opened folder.</summary>
    public static DenseModel Of(TextEncoder encoder, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ModelFolder model = encoder.Model;
        return new DenseModel(encoder, ModelMeta.Of(model), precision == Graph.Precision.Int8 ? "int8" : "f32", model.Similarity, model.Prompts);
    }
}
