namespace MedEmbed.Vectors.Kernels;

internal sealed unsafe class PortableInt8Kernel : Int8Kernel
{
    public override void Dot(ReadOnlySpan<sbyte> queries, int queryCount, ReadOnlySpan<sbyte> rows, int rowCount, int dimensions, Span<int> scores)
    {
        fixed (sbyte* q = queries, x = rows)
        {
            for (int query = 0; query < queryCount; query++)
            {
                for (int row = 0; row < rowCount; row++)
                    scores[query * rowCount + row] = ScalarDot(q + (nint)query * dimensions, x + (nint)row * dimensions, 0, dimensions);
            }
        }
    }
}
