using System.Diagnostics;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Stepping;

namespace MedEmbed.Benchmarks.Training;

/// <summary>Tokens a second of steps in f32 and bf16, ours and the peer's, in alternating rounds.</summary>
/// <param name="Tokens">Tokens of a step.</param>
/// <param name="PeerTokens">Tokens of a step of the peer's, which has fewer queries.</param>
/// <param name="F32Seconds">Ours in f32, a round each.</param>
/// <param name="BF16Seconds">Ours in bf16.</param>
/// <param name="PeerVersion">PyTorch's version; null where there is none.</param>
/// <param name="PeerF32Seconds">PyTorch in f32.</param>
/// <param name="PeerBF16Seconds">PyTorch in bf16.</param>
internal sealed record SpeedMeasurement(long Tokens, long PeerTokens, double[] F32Seconds, double[] BF16Seconds, string? PeerVersion, double[] PeerF32Seconds, double[] PeerBF16Seconds)
{
    private const int Queries = 32;

    /// <summary>Debian's PyTorch needs minutes for a step of all queries where its BLAS is the reference one.</summary>
    private const int PeerQueries = 8;

    private const int QueryLength = 32;
    private const int PassageLength = 128;

    public static SpeedMeasurement Take(BenchmarkOptions options)
    {
        TokenizedBatch batch = new SyntheticBatch(1).Draw(Queries, QueryLength, negatives: 1, PassageLength);
        using var f32 = new TrainingStep(options.Model, ComputePrecision.F32, memoryBytes: 16L << 30, lanes: options.Threads);
        using var bf16 = new TrainingStep(options.Model, ComputePrecision.BF16, memoryBytes: 16L << 30, lanes: options.Threads);
        using PeerProcess? peer = options.Python is { } python ? new PeerProcess(python, Folder.Own, options.Model, options.Threads, PeerQueries) : null;
        List<double> ours32 = [], ours16 = [], peer32 = [], peer16 = [];
        for (int round = -1; round < options.Rounds; round++)
        {
            // The first round warms up: memory is asked for, kernels are made.
            Add(ours32, round, Time(() => f32.Take(batch)));
            Add(ours16, round, Time(() => bf16.Take(batch)));
            if (peer is not null)
            {
                Add(peer32, round, peer.Step("f32"));
                Add(peer16, round, peer.Step("bf16"));
            }
        }

        return new SpeedMeasurement(batch.Tokens, PeerQueries * (QueryLength + (2L * PassageLength)), [.. ours32], [.. ours16], peer?.Version, [.. peer32], [.. peer16]);
    }

    private static void Add(List<double> seconds, int round, double value)
    {
        if (round >= 0)
            seconds.Add(value);
    }

    private static double Time(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalSeconds;
    }
}
