using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MedEmbed.Evaluation.Metrics;

/// <summary>The sum of doubles in NumPy's order of additions: eight interleaved accumulators over blocks of at most 128, the blocks joined as a binary tree.</summary>
/// <remarks>Two queries are tied in confidence only where their standard deviations are equal to the last bit, and the last bit depends on the order of additions.</remarks>
internal static class PairwiseSum
{
    private const int BlockLength = 128;

    public static double Of(ReadOnlySpan<double> values)
    {
        if (values.Length < 8)
            return Sequential(0, values);
        if (values.Length <= BlockLength)
            return Block(values);
        int half = values.Length / 2 / 8 * 8;
        return Of(values[..half]) + Of(values[half..]);
    }

    private static double Block(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<Vector512<double>> rows = MemoryMarshal.Cast<double, Vector512<double>>(values);
        Vector512<double> accumulators = rows[0];
        for (int i = 1; i < rows.Length; i++)
            accumulators += rows[i];
        double sum = accumulators[0] + accumulators[1] + (accumulators[2] + accumulators[3])
            + (accumulators[4] + accumulators[5] + (accumulators[6] + accumulators[7]));
        return Sequential(sum, values[(rows.Length * 8)..]);
    }

    private static double Sequential(double sum, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            sum += value;
        return sum;
    }
}
