using System.Runtime.Intrinsics.X86;

namespace MedEmbed.Vectors.Kernels;

/// <summary>One way to count the bits in which packed vectors differ.</summary>
internal abstract class HammingKernel
{
    public static HammingKernel Best { get; } = Avx2.IsSupported ? new Avx2HammingKernel() : new PortableHammingKernel();

    public abstract void Distances(ReadOnlySpan<byte> queries, int queryCount, ReadOnlySpan<byte> rows, int rowCount, int bytes, Span<int> distances);
}
