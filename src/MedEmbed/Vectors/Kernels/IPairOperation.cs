using System.Runtime.Intrinsics;

namespace MedEmbed.Vectors.Kernels;

/// <summary>What one pair of numbers adds to a sum.</summary>
internal interface IPairOperation
{
    static abstract Vector512<float> Add(Vector512<float> sum, Vector512<float> a, Vector512<float> b);

    static abstract Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b);

    static abstract float Add(float sum, float a, float b);
}
