using System.Diagnostics;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Stepping;

namespace MedEmbed.Benchmarks.Training;

/// <summary>One step of 256 queries with 32 negatives each, 64-token passages, whose passes are computed twice.</summary>
/// <param name="Tokens">Tokens of the step.</param>
/// <param name="Seconds">Time of the step.</param>
/// <param name="PeakMegabytes">Highest resident memory of the process.</param>
/// <param name="Cached">Whether passes were computed twice.</param>
internal sealed record CachedMeasurement(long Tokens, double Seconds, double PeakMegabytes, bool Cached)
{
    public static CachedMeasurement Take(BenchmarkOptions options)
    {
        using var step = new TrainingStep(options.Model, ComputePrecision.BF16, memoryBytes: 2L << 30, lanes: options.Threads);
        TokenizedBatch batch = new SyntheticBatch(3).Draw(queries: 256, queryLength: 32, negatives: 32, passageLength: 64);
        var clock = Stopwatch.StartNew();
        StepGradients result = step.Take(batch);
        using var process = Process.GetCurrentProcess();
        return new CachedMeasurement(batch.Tokens, clock.Elapsed.TotalSeconds, process.PeakWorkingSet64 / 1e6, result.Cached);
    }
}
