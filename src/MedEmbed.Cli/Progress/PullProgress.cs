using MedEmbed.Hub;

namespace MedEmbed.Cli.Progress;

/// <summary>Shows a download.</summary>
internal sealed class PullProgress(IProgress<WorkProgress> display) : IProgress<HubProgress>
{
    public void Report(HubProgress value) => display.Report(new WorkProgress(value.Bytes, value.Total, "bytes", value.File));
}
