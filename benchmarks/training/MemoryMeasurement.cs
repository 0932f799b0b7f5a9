using System.Diagnostics;
using MedEmbed.Training.Encoders;

namespace MedEmbed.Benchmarks.Training;

/// <summary>Resident memory over many small steps, which grows where tensors outlive their step.</summary>
/// <param name="Steps">Steps at which memory was read.</param>
/// <param name="ResidentMegabytes">Resident memory after each.</param>
internal sealed record MemoryMeasurement(int[] Steps, double[] ResidentMegabytes)
{
    private const int Total = 500;
    private const int Every = 10;

    public static MemoryMeasurement Take(BenchmarkOptions options)
    {
        using var step = new TrainingStep(options.Model, ComputePrecision.BF16, memoryBytes: 16L << 30, lanes: options.Threads);
        var batches = new SyntheticBatch(2);
        List<int> steps = [];
        List<double> memory = [];
        for (int i = 1; i <= Total; i++)
        {
            step.Take(batches.Draw(queries: 4, queryLength: 32, negatives: 0, passageLength: 32));
            if (i % Every != 0)
                continue;
            steps.Add(i);
            memory.Add(Resident());
        }

        return new MemoryMeasurement([.. steps], [.. memory]);
    }

    /// <summary>This process's resident memory in megabytes.</summary>
    public static double Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1e6;
    }
}
