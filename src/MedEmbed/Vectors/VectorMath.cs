using System.Numerics.Tensors;

namespace MedEmbed.Vectors;

/// <summary>Comparison of two vectors, and vectors to unit length, over SIMD.</summary>
/// <remarks>Thread-safe. Vectors that are compared have the same length, at least 1; otherwise <see cref="ArgumentException"/>.</remarks>
public static class VectorMath
{
    /// <summary>Inner product Σ aᵢbᵢ.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        RequireSameLength(a.Length, b.Length);
        return TensorPrimitives.Dot(a, b);
    }

    /// <summary>Cosine a·b / (|a||b|), 0 where one of them is all zeros.</summary>
    public static float Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        RequireSameLength(a.Length, b.Length);
        float lengths = TensorPrimitives.Norm(a) * TensorPrimitives.Norm(b);
        return lengths == 0 ? 0 : TensorPrimitives.Dot(a, b) / lengths;
    }

    /// <summary>Euclidean distance √Σ(aᵢ − bᵢ)².</summary>
    public static float Euclidean(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        RequireSameLength(a.Length, b.Length);
        return TensorPrimitives.Distance(a, b);
    }

    /// <summary>The score of <paramref name="similarity"/>, higher for vectors more alike (the distance is negated).</summary>
    public static float Score(Similarity similarity, ReadOnlySpan<float> a, ReadOnlySpan<float> b) => similarity switch
    {
        Similarity.Cosine => Cosine(a, b),
        Similarity.Dot => Dot(a, b),
        Similarity.Euclidean => -Euclidean(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(similarity), similarity, "Not a similarity."),
    };

    /// <summary>Scales <paramref name="vector"/> to unit length in place; a vector of zeros stays as it is.</summary>
    public static void Normalize(Span<float> vector)
    {
        float length = TensorPrimitives.Norm(vector);
        if (length > 0)
            TensorPrimitives.Divide(vector, length, vector);
    }

    private static void RequireSameLength(int a, int b)
    {
        if (a != b || a == 0)
            throw new ArgumentException($"Vectors of {a} and {b} numbers cannot be compared; both need the same length, at least 1.");
    }
}
