using System.Globalization;
using MedEmbed.Encoding;
using MedEmbed.Retrieval;
using MedEmbed.Retrieval.Flat;
using MedEmbed.Synthesis.Mining.Passages;

namespace MedEmbed.Synthesis.Mining.Scoring;

/// <summary>Encodes passages into a flat index that survives a kill.</summary>
internal static class PassageVectors
{
    /// <summary>Passages of a segment, the least that survives; windows divide it, so that a continued run encodes the very batches of an unbroken one.</summary>
    private const int SegmentRows = 1024;
    private const int WindowTexts = 512;

    public static async Task BuildAsync(MiningModel model, PassageCatalog catalog, string folder, IProgress<MiningProgress>? progress, CancellationToken cancellationToken)
    {
        // The work folder is of these very passages, and the index remembers its model.
        using FlatIndexBuilder builder = FlatIndexBuilder.Start(folder, new FlatIndexOptions { Model = model.Index, SegmentRows = SegmentRows, SegmentBytes = 1 << 30 }, "passages");
        int resumed = (int)builder.ResumedDocuments;
        for (int first = resumed; first < catalog.Count; first += WindowTexts)
        {
            progress?.Report(new MiningProgress(MiningStage.Encoding, first, catalog.Count) { Resumed = resumed });
            int count = Math.Min(WindowTexts, catalog.Count - first);
            string[] texts = [.. Enumerable.Range(first, count).Select(catalog.Text)];
            Encoded encoded = await model.Encoder.EncodeAsync(texts, model.Document, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < count; i++)
                builder.Add(new IndexedDocument((first + i).ToString(CultureInfo.InvariantCulture), null, ""), encoded.Vectors[i]);
        }

        builder.Complete(cancellationToken);
    }
}
