using MedEmbed.Data.Judgments;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Records;
using MedEmbed.Data.Texts;

namespace MedEmbed.Benchmarks.Mining;

/// <summary>Judged pairs of BEIR folders, the positives of each query, and all passages.</summary>
/// <param name="Pairs">The pairs, query by query.</param>
/// <param name="Passages">Distinct passages of the folders, judged or not.</param>
/// <param name="Positives">Normalised texts of the positives by query id.</param>
internal sealed record JudgedPairs(IReadOnlyList<QueryPassagePair> Pairs, IReadOnlyList<string> Passages, IReadOnlyDictionary<string, HashSet<UInt128>> Positives)
{
    /// <summary>The first <paramref name="count"/> pairs of the folders together.</summary>
    public static async Task<JudgedPairs> ReadAsync(IEnumerable<string> folders, int count)
    {
        List<QueryPassagePair> pairs = [];
        List<string> passages = [];
        foreach (string folder in folders)
        {
            BeirFolder beir = BeirFolder.Open(folder);
            Qrels qrels = await beir.ReadQrelsAsync("train").ConfigureAwait(false);
            Dictionary<string, string> queries = await TextsAsync(beir.Queries()).ConfigureAwait(false), documents = await TextsAsync(beir.Corpus()).ConfigureAwait(false);
            passages.AddRange(documents.Values);
            pairs.AddRange(qrels.Enumerate().Where(judgment => judgment.Grade > 0)
                .Select(judgment => new QueryPassagePair($"{Path.GetFileName(folder)}-{judgment.QueryId}", queries[judgment.QueryId], documents[judgment.DocumentId])));
        }

        QueryPassagePair[] taken = [.. pairs.Take(count)];
        return new JudgedPairs(taken, [.. passages.Distinct()], taken.GroupBy(pair => pair.QueryId).ToDictionary(query => query.Key, query => query.Select(pair => NormalizedText.HashOf(pair.Positive)).ToHashSet()));
    }

    /// <summary>Writes all pairs, or the first of each query.</summary>
    public async Task WriteAsync(string path, bool firstOfEachQuery)
    {
        using RecordWriter<QueryPassagePair> writer = PairFile.OpenWriter(path);
        foreach (QueryPassagePair pair in firstOfEachQuery ? Pairs.DistinctBy(pair => pair.QueryId) : Pairs)
            writer.Write(pair);
        await writer.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Writes the distinct passages.</summary>
    public void WriteCorpus(string path) => AtomicFile.Write(path, stream =>
    {
        foreach ((int number, string text) in Passages.Index())
            stream.Write([.. System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { _id = FormattableString.Invariant($"p{number}"), text }), (byte)'\n']);
    });

    private static async Task<Dictionary<string, string>> TextsAsync(DocumentReader reader)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        await foreach (Document document in reader.ReadAsync().ConfigureAwait(false))
            texts[document.Id] = document.TitleAndText;
        return texts;
    }
}
