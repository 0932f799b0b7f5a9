using MedEmbed.Data.Texts;
using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Tests.Sampling;

/// <summary>Batches of the data that the models are made from: BEIR folders, pairs in groups, judged lists.</summary>
[Trait("Category", "Slow")]
public sealed class RealDataTests
{
    private static readonly BatchSamplerOptions Options = new() { BatchSize = 32, BucketBatches = 16 };

    [Fact]
    public async Task BatchesOfAMixtureAreNearlyFullWithoutATextTwiceAndResumable()
    {
        List<ExampleSet> sets = [];
        foreach (TrainingSource source in Sources())
            sets.Add(await ExampleSet.LoadAsync(source, cancellationToken: TestContext.Current.CancellationToken));
        List<TrainingBatch> batches = SampleFile.Draw(new BatchSampler(sets, Options), 600);
        foreach (TrainingBatch batch in batches)
        {
            List<string> texts = [.. batch.Examples.SelectMany(example => new[] { NormalizedText.Of(example.Query), NormalizedText.Of(example.Positive) }.Distinct())];
            Assert.Equal(texts.Count, texts.Distinct().Count());
            Assert.True(batch.Examples.Count >= 32 * 3 / 4, $"Batch {batch.Number} of {batch.Examples[0].Source.Name} has {batch.Examples.Count} examples.");
        }

        BatchSampler resumed = new(sets, Options);
        resumed.Skip(599);
        Assert.Equal(SampleFile.Text(batches[^1]), SampleFile.Text(resumed.Next()));
    }

    private static IEnumerable<TrainingSource> Sources() =>
    [
        Source("train/bioasq", 0.3),
        Source("train/pubmedqa", 0.1),
        Source("synthetic/faq.pairs.jsonl", 0.2) with { GroupBatches = true },
        Source("synthetic/conditions.pairs.jsonl", 0.2) with { GroupBatches = true },
        Source("train/judged", 0.2) with { RankPositives = true },
    ];

    private static TrainingSource Source(string path, double weight) => new(SharedFiles.Require($"data/{path}")) { Weight = weight, Negatives = 3 };
}
