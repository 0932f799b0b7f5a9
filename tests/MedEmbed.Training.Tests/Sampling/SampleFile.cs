using System.Text.Json;
using MedEmbed.Data.Triplets;
using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Tests.Sampling;

/// <summary>Files of triplets for samplers.</summary>
internal static class SampleFile
{
    public static Triplet Triplet(string query, IReadOnlyList<string> positives, params IReadOnlyList<string> negatives) => new(query, positives, negatives);

    /// <summary>Triplets in which no text stands twice.</summary>
    public static IEnumerable<Triplet> Distinct(int count, int positives = 1, int negatives = 0, Func<int, string?>? group = null) =>
        Enumerable.Range(0, count).Select(i => new Triplet($"query {i}", Texts("positive", i, positives), Texts("negative", i, negatives)) { Group = group?.Invoke(i) });

    public static string Write(TemporaryFolder folder, string name, IEnumerable<Triplet> triplets)
    {
        string path = folder.File(name);
        File.WriteAllLines(path, triplets.Select(triplet => JsonSerializer.Serialize(new
        {
            query = triplet.Query,
            pos = triplet.Positives,
            neg = triplet.Negatives,
            pos_scores = triplet.PositiveScores,
            neg_scores = triplet.NegativeScores,
            group = triplet.Group,
            query_type = triplet.QueryType,
            source = triplet.Source,
        })));
        return path;
    }

    public static async Task<ExampleSet> LoadAsync(TemporaryFolder folder, IEnumerable<Triplet> triplets, Func<TrainingSource, TrainingSource>? use = null, ExampleLoadOptions? options = null, string name = "data")
    {
        TrainingSource source = new(Write(folder, name + ".jsonl", triplets));
        return await ExampleSet.LoadAsync(use is null ? source : use(source), options, TestContext.Current.CancellationToken);
    }

    public static List<TrainingBatch> Draw(BatchSampler sampler, int batches) => [.. Enumerable.Range(0, batches).Select(_ => sampler.Next())];

    /// <summary>All that a batch says, for comparison.</summary>
    public static string Text(TrainingBatch batch) => JsonSerializer.Serialize(batch);

    private static string[] Texts(string what, int example, int count) => [.. Enumerable.Range(0, count).Select(i => $"{what} {i} of {example}")];
}
