using MedEmbed.Encoding;

namespace MedEmbed.Tests.Encoding;

/// <summary>Progress told on the caller's own thread, kept, and passed on.</summary>
internal sealed class RecordedEncodeProgress(Action<EncodeProgress>? then = null) : IProgress<EncodeProgress>
{
    public List<EncodeProgress> Reports { get; } = [];

    public void Report(EncodeProgress value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}
