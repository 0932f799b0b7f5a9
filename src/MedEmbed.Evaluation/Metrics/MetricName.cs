using System.Globalization;

namespace MedEmbed.Evaluation.Metrics;

/// <summary>Keys of MTEB's result files.</summary>
internal static class MetricName
{
    /// <summary>The key of a metric at a cut-off, which must be at least 1.</summary>
    public static string At(string family, int cutoff)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 1);
        return string.Create(CultureInfo.InvariantCulture, $"{family}_at_{cutoff}");
    }
}
