using System.Runtime.Intrinsics.X86;

namespace MedEmbed.Vectors.Kernels;

/// <summary>One way to compute int8 inner products. All are exact, so all agree.</summary>
internal abstract class Int8Kernel
{
    /// <summary>2³¹ / (128 · 128): up to here no sum of products leaves 32 bits. Half of it, since VNNI multiplies 255 · 128.</summary>
    public const int MaxDimensions = 65_536;

    public static Int8Kernel Best { get; } =
        VnniInt8Kernel.IsSupported ? new VnniInt8Kernel()
        : Avx2.IsSupported ? new Avx2Int8Kernel()
        : new PortableInt8Kernel();

    public abstract void Dot(ReadOnlySpan<sbyte> queries, int queryCount, ReadOnlySpan<sbyte> rows, int rowCount, int dimensions, Span<int> scores);

    protected static unsafe int ScalarDot(sbyte* a, sbyte* b, nint from, nint to)
    {
        int sum = 0;
        for (nint i = from; i < to; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
