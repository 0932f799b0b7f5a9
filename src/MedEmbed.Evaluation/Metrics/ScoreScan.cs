using System.Numerics;
using System.Runtime.InteropServices;

namespace MedEmbed.Evaluation.Metrics;

/// <summary>Counts how many scores are above, and how many equal, a given one.</summary>
internal static class ScoreScan
{
    public static (int Above, int Equal) Count(ReadOnlySpan<float> scores, float score)
    {
        ReadOnlySpan<Vector<float>> rows = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var pivot = new Vector<float>(score);
        Vector<int> above = default, equal = default;
        foreach (Vector<float> row in rows)
        {
            above -= Vector.GreaterThan(row, pivot);
            equal -= Vector.Equals(row, pivot);
        }

        int aboveCount = Vector.Sum(above), equalCount = Vector.Sum(equal);
        foreach (float value in scores[(rows.Length * Vector<float>.Count)..])
        {
            aboveCount += value > score ? 1 : 0;
            equalCount += value == score ? 1 : 0;
        }

        return (aboveCount, equalCount);
    }

    public static (int Above, int Equal) Count(ReadOnlySpan<double> scores, double score)
    {
        int above = 0, equal = 0;
        foreach (double value in scores)
        {
            above += value > score ? 1 : 0;
            equal += value == score ? 1 : 0;
        }

        return (above, equal);
    }
}
