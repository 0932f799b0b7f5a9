using MedEmbed.Synthesis.Mining;

namespace MedEmbed.Cli.Progress;

/// <summary>Shows a mining run: stage after stage.</summary>
/// <param name="display">Where it is shown.</param>
/// <param name="note">Says a line that stays.</param>
internal sealed class MiningDisplay(IProgress<WorkProgress> display, Action<string> note) : IProgress<MiningProgress>
{
    private MiningStage? _stage;

    public void Report(MiningProgress value)
    {
        bool pairs = value.Stage is MiningStage.Mining or MiningStage.Writing;
        if (_stage != value.Stage && value.Resumed > 0)
            note(FormattableString.Invariant($"Going on after {value.Resumed:N0} {(pairs ? "pairs" : "passages")} of an earlier run."));
        _stage = value.Stage;
        display.Report(new WorkProgress(value.Done, value.Total, pairs ? "pairs" : "passages", Detail(value.Stage)) { Skipped = value.Resumed });
    }

    private static string Detail(MiningStage stage) => stage switch
    {
        MiningStage.Reading => "read",
        MiningStage.Indexing => "indexed by words",
        MiningStage.Encoding => "encoded",
        MiningStage.Mining => "mined",
        _ => "written",
    };
}
