using MedEmbed.Data.Pairs;
using MedEmbed.Data.Records;
using MedEmbed.Data.Texts;

namespace MedEmbed.Synthesis.Mining.Passages;

/// <summary>Reads corpus and pairs into a catalog.</summary>
internal static class CatalogReading
{
    private const int ReportEvery = 1000;

    public static async Task<PassageCatalog> ReadAsync(MiningInput input, MiningOptions options, string spool, IProgress<MiningProgress>? progress, CancellationToken cancellationToken)
    {
        var catalog = new PassageCatalog(spool);
        try
        {
            if (input.Corpus is not null)
                await ReadCorpusAsync(catalog, input.ReadCorpus(options), progress, cancellationToken).ConfigureAwait(false);
            catalog.EndCorpus();
            RecordReader<QueryPassagePair> pairs = input.ReadPairs(options);
            await foreach (QueryPassagePair pair in pairs.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                catalog.Add(pair);
                if (catalog.Pairs % ReportEvery == 0)
                    progress?.Report(new MiningProgress(MiningStage.Reading, catalog.Count + catalog.Pairs, null));
            }

            catalog.AddBadLines(pairs.BadLines);
            catalog.Complete(positivesAreCandidates: input.Corpus is null);
            if (catalog.Pairs == 0)
                throw new SynthesisFormatException(input.Pairs, "holds no pairs; there is nothing to mine for.");
            if (catalog.Candidates == 0)
                throw new SynthesisFormatException(input.Corpus ?? input.Pairs, "holds no passage with a text; there is nothing to take negatives from.");
            return catalog;
        }
        catch
        {
            catalog.Dispose();
            throw;
        }
    }

    private static async Task ReadCorpusAsync(PassageCatalog catalog, DocumentReader corpus, IProgress<MiningProgress>? progress, CancellationToken cancellationToken)
    {
        await foreach (Document document in corpus.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            catalog.Add(document);
            if (corpus.DocumentsRead % ReportEvery == 0)
                progress?.Report(new MiningProgress(MiningStage.Reading, corpus.DocumentsRead, null));
        }

        catalog.AddBadLines(corpus.BadLines);
    }
}
