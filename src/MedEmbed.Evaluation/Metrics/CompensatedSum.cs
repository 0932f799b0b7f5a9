namespace MedEmbed.Evaluation.Metrics;

/// <summary>A sum whose rounding errors are carried along (Neumaier 1974), as Python's <c>sum</c> has it.</summary>
/// <remarks>Means of precisions and recalls often lie exactly between two values of five decimals; with another order or way of summing they would round the other way than MTEB's.</remarks>
internal static class CompensatedSum
{
    public static double Of(ReadOnlySpan<double> values)
    {
        double sum = 0, compensation = 0;
        foreach (double value in values)
        {
            double next = sum + value;
            compensation += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return sum + compensation;
    }
}
