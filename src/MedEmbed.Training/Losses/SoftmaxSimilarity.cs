using System.Runtime.CompilerServices;
using MedEmbed.Vectors;

namespace MedEmbed.Training.Losses;

/// <summary>The similarities that losses with a softmax over candidates take.</summary>
internal static class SoftmaxSimilarity
{
    /// <exception cref="ArgumentOutOfRangeException">Neither cosine nor inner product.</exception>
    public static Similarity Require(Similarity value, [CallerMemberName] string option = "") =>
        value is Similarity.Cosine or Similarity.Dot
            ? value
            : throw new ArgumentOutOfRangeException(option, value, $"{option} must be {Similarity.Cosine} or {Similarity.Dot} in this loss.");
}
