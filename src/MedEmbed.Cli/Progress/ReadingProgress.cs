using MedEmbed.Data.Texts;
using MedEmbed.Encoding;

namespace MedEmbed.Cli.Progress;

/// <summary>Progress over a file whose number of documents is unknown until its end: estimated from the bytes read.</summary>
/// <param name="display">Where it is shown.</param>
/// <param name="reader">The file.</param>
/// <param name="skipped">Documents that an earlier run has done.</param>
internal sealed class ReadingProgress(IProgress<WorkProgress> display, DocumentReader reader, long skipped) : IProgress<EncodeProgress>
{
    private readonly long _skipped = skipped;
    private long _before = skipped;

    /// <summary>Documents of the windows before the one at hand.</summary>
    public void Advance(long documents) => Interlocked.Add(ref _before, documents);

    public void Report(EncodeProgress value)
    {
        long read = reader.DocumentsRead;
        long? total = reader.BytesTotal is { } bytes && reader.BytesRead > 0
            ? Math.Max(read, (long)((double)read * bytes / reader.BytesRead))
            : null;
        display.Report(new WorkProgress(Interlocked.Read(ref _before) + value.Texts, total, "documents") { Skipped = _skipped });
    }
}
