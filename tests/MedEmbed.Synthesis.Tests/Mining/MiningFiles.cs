using System.Text.Json;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Triplets;
using MedEmbed.Synthesis.Mining;

namespace MedEmbed.Synthesis.Tests.Mining;

/// <summary>Pairs, corpora and outputs of mining tests.</summary>
internal static class MiningFiles
{
    private static readonly string[] Words = [.. Enumerable.Range(0, 60).Select(i => $"w{i:D2}x")];

    public static string WritePairs(string path, IEnumerable<QueryPassagePair> pairs)
    {
        File.WriteAllLines(path, pairs.Select(pair => JsonSerializer.Serialize(new { query_id = pair.QueryId, query = pair.Query, positive = pair.Positive, note_id = pair.NoteId })));
        return path;
    }

    public static string WriteCorpus(string path, IEnumerable<(string Id, string? Title, string Text, string? Note)> passages)
    {
        File.WriteAllLines(path, passages.Select(passage => JsonSerializer.Serialize(new { _id = passage.Id, title = passage.Title, text = passage.Text, metadata = new { note_id = passage.Note } })));
        return path;
    }

    /// <summary>Random pairs: queries and passages share words, some queries have two positives, and three pairs come from each note.</summary>
    public static QueryPassagePair[] Pairs(int count, int seed = 1)
    {
        var random = new Random(seed);
        string[] passages = [.. Enumerable.Range(0, count).Select(i => $"passage {i} " + Text(random, 12))];
        return [.. Enumerable.Range(0, count).Select(i => new QueryPassagePair(
            $"q{i}",
            i % 5 == 4 ? $"Query {i - 1}" + QueryTail(passages[i - 1], i - 1).ToUpperInvariant() : $"query {i}" + QueryTail(passages[i], i),
            passages[i]) { NoteId = $"n{i / 3}" })];
    }

    public static async Task<Triplet[]> ReadAsync(string path)
    {
        List<Triplet> triplets = [];
        await foreach (Triplet triplet in TripletFile.Read(path).ReadAsync(TestContext.Current.CancellationToken))
            triplets.Add(triplet);
        return [.. triplets];
    }

    public static Task<MedEmbed.Synthesis.Mining.Reporting.MiningReport> MineAsync(MiningOptions options, string pairs, string output, string? corpus = null) =>
        new NegativeMiner(options).RunAsync(new MiningInput(pairs, corpus), output, cancellationToken: TestContext.Current.CancellationToken);

    private static string QueryTail(string passage, int i) => " " + string.Join(' ', passage.Split(' ').Skip(2 + (i % 4)).Take(5));

    private static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
}
