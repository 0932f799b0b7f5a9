using System.Diagnostics;
using MedEmbed.Synthesis.Mining;

namespace MedEmbed.Benchmarks.Mining;

/// <summary>Seconds of each stage, from its first report to the next one's.</summary>
internal sealed class StageTimes : IProgress<MiningProgress>
{
    private MiningStage? _stage;
    private long _start;

    public SortedDictionary<MiningStage, double> Seconds { get; } = [];

    public void Report(MiningProgress value)
    {
        if (_stage == value.Stage)
            return;
        End();
        (_stage, _start) = (value.Stage, Stopwatch.GetTimestamp());
    }

    /// <summary>Ends the last stage.</summary>
    public void End()
    {
        if (_stage is { } stage)
            Seconds[stage] = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        _stage = null;
    }
}
