using MedEmbed.Vectors;

namespace MedEmbed.Training.Losses;

/// <summary>How <see cref="InfoNceLoss"/> contrasts. Immutable; each value is checked when it is set.</summary>
public sealed record InfoNceOptions
{
    /// <summary>What similarities are divided by, above 0. Default 0.02.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or not above 0.</exception>
    public double Temperature { get; init => field = OptionRange.Positive(value); } = 0.02;

    /// <summary>The reciprocal of <see cref="Temperature"/>, by which similarities are multiplied (sentence-transformers' <c>scale</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or not above 0.</exception>
    public double Scale
    {
        get => 1 / Temperature;
        init => Temperature = 1 / OptionRange.Positive(value);
    }

    /// <summary>How vectors are compared: cosine or inner product. Default cosine.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Euclidean, which has no softmax form here.</exception>
    public Similarity Similarity { get; init => field = SoftmaxSimilarity.Require(value); } = Similarity.Cosine;

    /// <summary>What is contrasted with what. Default: queries against documents.</summary>
    public ContrastDirection Direction { get; init => field = OptionRange.Defined(value); }

    /// <summary>Documents that the teacher scores above this part of the own positive's score are no negatives (0.95 in NV-Retriever, Moreira et al. 2024); null: no such filter.</summary>
    /// <remarks>With g the teacher's score of a query's own positive, a document is left out where its score is greater than g − |g|·(1 − ratio).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or not above 0.</exception>
    public double? TeacherRatio { get; init => field = value is { } ratio ? OptionRange.Positive(ratio) : null; }
}
