using MedEmbed.Cli.Progress;
using MedEmbed.Data.Texts;
using MedEmbed.Encoding;
using MedEmbed.Retrieval;

namespace MedEmbed.Cli.Indexing;

/// <summary>Reads a corpus, encodes it window by window, and hands documents with their vectors on.</summary>
internal sealed class CorpusIndexing(TextEncoder encoder, EncodeOptions options, DocumentReader reader)
{
    /// <summary>Takes a document and its vector.</summary>
    public delegate void Sink(IndexedDocument document, ReadOnlySpan<float> vector);

    /// <summary>Runs over the corpus from document <paramref name="skip"/> on.</summary>
    /// <returns>Counts of what was encoded.</returns>
    public async Task<EncodeReport> RunAsync(Sink sink, long skip, IProgress<WorkProgress> display, CancellationToken cancellationToken)
    {
        var progress = new ReadingProgress(display, reader);
        progress.Advance(skip);
        EncodeReport total = EncodeReport.Empty;
        IAsyncEnumerable<Document> documents = reader.ReadAsync(cancellationToken).Skip((int)skip);
        await foreach (EncodedWindow<Document> window in encoder
            .EncodeStreamAsync(documents, document => document.TitleAndText, options with { Progress = progress }, cancellationToken).ConfigureAwait(false))
        {
            for (int row = 0; row < window.Items.Count; row++)
            {
                Document document = window.Items[row];
                sink(new IndexedDocument(document.Id, document.Title, document.Text) { Metadata = document.Metadata }, window.Encoded.Vectors[row]);
            }

            total = total.Plus(window.Encoded.Report);
            progress.Advance(window.Items.Count);
        }

        return total;
    }
}
