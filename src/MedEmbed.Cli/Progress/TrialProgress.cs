using System.Globalization;
using MedEmbed.Training.Merging;

namespace MedEmbed.Cli.Progress;

/// <summary>Shows the mixes that a search has scored.</summary>
internal sealed class TrialProgress(IProgress<WorkProgress> progress, int evaluations, Action<string> note) : IProgress<WeightTrial>
{
    private int _done;

    public void Report(WeightTrial value)
    {
        string weights = string.Join(", ", value.Weights.Select(weight => weight.ToString("0.###", CultureInfo.InvariantCulture)));
        note(string.Create(CultureInfo.InvariantCulture, $"weights {weights}: nDCG@10 {value.Score:F5}"));
        progress.Report(new WorkProgress(++_done, evaluations, "mixes"));
    }
}
