using MedEmbed.Encoding;

namespace MedEmbed.Cli.Progress;

/// <summary>Progress of an encoding call whose number of texts is known.</summary>
internal sealed class EncodingProgress(IProgress<WorkProgress> display, string unit) : IProgress<EncodeProgress>
{
    public void Report(EncodeProgress value) => display.Report(new WorkProgress(value.Texts, value.TotalTexts, unit));
}
