using System.Collections.Concurrent;
using MedEmbed.Hub;

namespace MedEmbed.Tests.Hub;

/// <summary>Progress told on the caller's own thread, kept, and passed on.</summary>
public sealed class RecordedProgress(Action<HubProgress>? then = null) : IProgress<HubProgress>
{
    public ConcurrentQueue<HubProgress> Reports { get; } = new();

    public void Report(HubProgress value)
    {
        Reports.Enqueue(value);
        then?.Invoke(value);
    }
}
