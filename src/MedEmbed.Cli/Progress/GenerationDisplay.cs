using System.Globalization;
using MedEmbed.Synthesis.Endpoint;
using MedEmbed.Synthesis.Generation;

namespace MedEmbed.Cli.Progress;

/// <summary>Shows a generation: parts of notes (or terms), pairs, tokens and costs.</summary>
/// <param name="display">Where it is shown.</param>
/// <param name="unit">What pairs are made of.</param>
/// <param name="total">Parts in all; null where that is unknown.</param>
/// <param name="statistics">Counts of the endpoint; null where there is none.</param>
/// <param name="cost">The costs so far; null where they are not counted.</param>
internal sealed class GenerationDisplay(IProgress<WorkProgress> display, string unit, long? total = null, EndpointStatistics? statistics = null, Func<decimal?>? cost = null) : IProgress<GenerationProgress>
{
    private long _skipped;

    public void Report(GenerationProgress value)
    {
        // What comes from the store before the first request says nothing about the speed.
        if (statistics is { Requests: 0 })
            _skipped = value.Parts;
        string detail = string.Create(CultureInfo.InvariantCulture, $"{value.Pairs:N0} pairs, {value.Rejected:N0} rejected");
        if (statistics is { Requests: > 0 })
            detail += string.Create(CultureInfo.InvariantCulture, $", {statistics.InputTokens + statistics.OutputTokens:N0} tokens");
        if (cost?.Invoke() is { } price)
            detail += string.Create(CultureInfo.InvariantCulture, $", cost {price:0.####}");
        display.Report(new WorkProgress(value.Parts, total is { } all ? Math.Max(all, value.Parts) : null, unit, detail) { Skipped = _skipped });
    }
}
