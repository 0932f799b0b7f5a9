using System.Globalization;
using System.Text.Json;

namespace MedEmbed.Benchmarks.Metrics;

/// <summary>Seconds of each round, and what follows from them.</summary>
/// <param name="Machine">The machine they were taken on.</param>
/// <param name="SortSeconds"><see cref="Array.Sort{T}(T[])"/> of 20 million random doubles.</param>
/// <param name="MetricSeconds">Six metrics at seven cut-offs for 10,000 queries of 1,000 hits, on one thread.</param>
/// <param name="MetricAndNaucSeconds">The same with the three confidences and 105 nAUCs.</param>
/// <param name="NdcgAt10">A result of the computation, which shows that it took place.</param>
internal sealed record Measurement(Machine Machine, double[] SortSeconds, double[] MetricSeconds, double[] MetricAndNaucSeconds, double NdcgAt10)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public double Ratio => Median(MetricSeconds) / Median(SortSeconds);

    public double RatioWithNauc => Median(MetricAndNaucSeconds) / Median(SortSeconds);

    public async Task WriteAsync(string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "results.json"), JsonSerializer.Serialize(this, Json) + "\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "results.md"), ToMarkdown());
    }

    public string ToMarkdown() => string.Create(CultureInfo.InvariantCulture, $"""
        # Speed of the metrics
        10,000 queries of 1,000 unsorted hits, 40 judgments each; runs and judgments in memory, one thread. The yardstick is `Array.Sort` of 20 million random doubles, in alternating rounds of the same process; medians of {SortSeconds.Length} rounds.

        | work | seconds | ratio to the sort |
        |---|---:|---:|
        | `Array.Sort`, 20 million doubles | {Median(SortSeconds):F3} | 1 |
        | nDCG, MAP, recall, precision, MRR and hit rate at 7 cut-offs | {Median(MetricSeconds):F3} | {Ratio:F3} |
        | the same and 105 nAUCs | {Median(MetricAndNaucSeconds):F3} | {RatioWithNauc:F3} |

        {Machine.Cpu}; {Machine.System}; {Machine.Runtime}. Again: `benchmarks/metrics/run.sh`.

        """);

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
