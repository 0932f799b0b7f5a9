using MedEmbed.Cli.Options;
using MedEmbed.Cli.Progress;
using MedEmbed.Data.Texts;
using MedEmbed.Encoding;

namespace MedEmbed.Cli.Encoding;

/// <summary>Reads a corpus, encodes it window by window, and hands documents with their vectors on, in order.</summary>
internal sealed class CorpusEncoding(ChosenEncoder model, EncodeOptions options, DocumentReader reader)
{
    /// <summary>Takes a document and its vector, which is the receiver's to change.</summary>
    public delegate void Sink(Document document, Span<float> vector);

    /// <summary>A few seconds' work on a small model: what an interruption may lose. Each thread gets several batches of it, so that few stand idle at its end.</summary>
    private int WindowTexts => Math.Clamp(128 * model.Threads, 256, 4096);

    /// <summary>Runs over the corpus from document <paramref name="skip"/> on.</summary>
    /// <param name="sink">Called for each document.</param>
    /// <param name="windowDone">Called when all documents of a window are with the sink.</param>
    /// <param name="skip">Documents that an earlier run has done. Where it is the end of a window, the rest gets the very windows, and so the very bits, of an unbroken run.</param>
    /// <param name="display">Shows how far the work has come.</param>
    /// <param name="cancellationToken">Ends the run between two batches; the sink has whole windows then.</param>
    /// <returns>Counts of what was encoded in this run.</returns>
    public async Task<EncodeReport> RunAsync(Sink sink, Action windowDone, long skip, IProgress<WorkProgress> display, CancellationToken cancellationToken)
    {
        var progress = new ReadingProgress(display, reader, skip);
        EncodeOptions windowed = options with { Progress = progress, WindowTexts = WindowTexts };
        EncodeReport total = EncodeReport.Empty;
        long passed = 0;
        IAsyncEnumerable<Document> documents = reader.ReadAsync(cancellationToken).SkipWhile(_ => passed++ < skip);
        await foreach (EncodedWindow<Document> window in model.Encoder
            .EncodeStreamAsync(documents, document => document.TitleAndText, windowed, cancellationToken).ConfigureAwait(false))
        {
            for (int row = 0; row < window.Items.Count; row++)
                sink(window.Items[row], window.Encoded.Vectors[row]);
            total = total.Plus(window.Encoded.Report);
            progress.Advance(window.Items.Count);
            windowDone();
        }

        return total;
    }
}
