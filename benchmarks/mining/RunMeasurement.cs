using System.Diagnostics;
using System.Runtime.InteropServices;
using MedEmbed.Encoding;
using MedEmbed.Synthesis.Mining;
using MedEmbed.Synthesis.Mining.Reporting;

namespace MedEmbed.Benchmarks.Mining;

/// <summary>Time and memory of one run over all pairs.</summary>
internal sealed record RunMeasurement(string System, int Threads, long Pairs, int Questions, long Passages, int Depth, int Negatives, IReadOnlyDictionary<string, double> StageSeconds, long ModelMegabytes, long PeakMegabytes)
{
    public static async Task<RunMeasurement> TakeAsync(JudgedPairs judged, MiningModel model, string folder)
    {
        string pairs = Path.Combine(folder, "pairs.jsonl"), corpus = Path.Combine(folder, "corpus.jsonl");
        await judged.WriteAsync(pairs, firstOfEachQuery: false).ConfigureAwait(false);
        judged.WriteCorpus(corpus);
        await model.Encoder.EncodeAsync(["warm"], EncodeOptions.Query).ConfigureAwait(false);
        long before = PeakMegabytesNow();
        var options = new MiningOptions { Model = model };
        var stages = new StageTimes();
        MiningReport report = await new NegativeMiner(options).RunAsync(new MiningInput(pairs, corpus), Path.Combine(folder, "triplets.jsonl"), stages).ConfigureAwait(false);
        stages.End();
        return new RunMeasurement(
            RuntimeInformation.OSDescription, Environment.ProcessorCount,
            report.Pairs, judged.Positives.Count, report.Passages, options.Depth, options.Negatives,
            stages.Seconds.ToDictionary(stage => stage.Key.ToString().ToLowerInvariant(), stage => stage.Value), before, PeakMegabytesNow());
    }

    private static long PeakMegabytesNow()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
