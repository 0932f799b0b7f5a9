using System.Numerics.Tensors;

namespace MedEmbed.Vectors;

/// <summary>Rounds a vector to int8 with a scale of its own, which is dropped: the direction stays, the length does not.</summary>
/// <remarks>For stores that compare int8 vectors by cosine. No calibration is needed, and the largest number always becomes 127 or -127.</remarks>
public static class PerVectorInt8
{
    /// <summary>Writes <c>round(127 · x / max|x|)</c>, halves to even; zeros for a zero vector.</summary>
    /// <exception cref="ArgumentException"><paramref name="codes"/> has another length than <paramref name="vector"/>.</exception>
    public static void Quantize(ReadOnlySpan<float> vector, Span<sbyte> codes)
    {
        if (codes.Length != vector.Length)
            throw new ArgumentException($"A vector of {vector.Length} numbers needs as many codes, not {codes.Length}.", nameof(codes));
        float largest = vector.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        float scale = largest > 0 ? 127 / largest : 0;
        for (int i = 0; i < vector.Length; i++)
            codes[i] = (sbyte)MathF.Round(vector[i] * scale);
    }
}
