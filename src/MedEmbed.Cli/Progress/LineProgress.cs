
namespace MedEmbed.Cli.Progress;

/// <summary>A plain line now and then, for logs and pipes.</summary>
internal sealed class LineProgress(TextWriter error, TimeProvider time) : IProgressDisplay
{
    /// <summary>Short work stays silent; after that a line every so often.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public Task<T> RunAsync<T>(string title, Func<IProgress<WorkProgress>, Task<T>> work) => work(new Reporter(error, time, title));

    public void Note(string line) => error.WriteLine(line);

    private sealed class Reporter(TextWriter error, TimeProvider time, string title) : IProgress<WorkProgress>
    {
        private readonly Lock _lock = new();
        private readonly long _start = time.GetTimestamp();
        private TimeSpan _next = First;

        public void Report(WorkProgress value)
        {
            lock (_lock)
            {
                TimeSpan elapsed = time.GetElapsedTime(_start);
                if (elapsed < _next)
                    return;
                _next = elapsed + Interval;
                error.WriteLine($"{title}: {ProgressText.Of(value, elapsed)}");
            }
        }
    }
}
