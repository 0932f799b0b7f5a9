using System.Globalization;
using ScottPlot.TickGenerators;

namespace MedEmbed.Evaluation.Charts;

/// <summary>Ticks of an axis of scores, at most nine, at round numbers.</summary>
internal static class ScoreTicks
{
    private const int Most = 9;
    private static readonly double[] Steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

    public static NumericManual Between(double low, double high)
    {
        double step = Steps.FirstOrDefault(step => (high - low) / step <= Most, Steps[^1]);
        string format = step < 0.01 ? "0.000" : step < 0.1 ? "0.00" : "0.0";
        var ticks = new NumericManual();
        for (int index = (int)Math.Ceiling((low / step) - 1e-9); index * step <= high + 1e-9; index++)
            ticks.AddMajor(index * step, (index * step).ToString(format, CultureInfo.InvariantCulture));
        return ticks;
    }
}
