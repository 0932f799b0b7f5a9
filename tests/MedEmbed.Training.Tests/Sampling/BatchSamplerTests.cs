using CsCheck;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Triplets;
using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Tests.Sampling;

public sealed class BatchSamplerTests
{
    [Theory]
    [InlineData(BatchMixing.OneSource, 0)]
    [InlineData(BatchMixing.OneSource, 3)]
    [InlineData(BatchMixing.Mixed, 0)]
    public async Task SkippingEqualsDrawing(BatchMixing mixing, int bucketBatches)
    {
        using TemporaryFolder folder = new();
        ExampleSet[] sets =
        [
            await SampleFile.LoadAsync(folder, Repetitive(90), source => source with { Negatives = 2, Weight = 2 }, name: "a"),
            await SampleFile.LoadAsync(folder, SampleFile.Distinct(55, 2, 3, i => $"page {i / 4}"), source => source with { Negatives = 2, Weight = 1, GroupBatches = true, QueryPrompt = "p: ", PromptShare = 0.5 }, name: "b"),
        ];
        BatchSamplerOptions options = new() { BatchSize = 8, Mixing = mixing, BucketBatches = bucketBatches, Seed = 7 };
        List<TrainingBatch> unbroken = SampleFile.Draw(new BatchSampler(sets, options), 60);
        foreach (int skipped in (int[])[0, 1, 13, 41])
        {
            BatchSampler resumed = new(sets, options);
            resumed.Skip(skipped);
            Assert.Equal(unbroken.Skip(skipped).Select(SampleFile.Text), SampleFile.Draw(resumed, 60 - skipped).Select(SampleFile.Text));
        }
    }

    [Fact]
    public async Task AnotherSeedGivesOtherBatches()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(64));
        Assert.NotEqual(
            SampleFile.Text(new BatchSampler([set], new BatchSamplerOptions { Seed = 1 }).Next()),
            SampleFile.Text(new BatchSampler([set], new BatchSamplerOptions { Seed = 2 }).Next()));
    }

    /// <summary>Pins the order, which a checkpoint relies on across versions of .NET and of this code.</summary>
    [Fact]
    public async Task TheOrderStaysAsItIs()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(10));
        BatchSampler sampler = new([set], new BatchSamplerOptions { BatchSize = 10, Seed = 42 });
        Assert.Equal("9 6 2 0 1 3 5 8 7 4", string.Join(' ', sampler.Next().Queries.Select(query => query["query ".Length..])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task EveryExampleComesOnceAnEpoch(int bucketBatches)
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(37));
        BatchSampler sampler = new([set], new BatchSamplerOptions { BatchSize = 5, BucketBatches = bucketBatches });
        string[] drawn = [.. SampleFile.Draw(sampler, 37).SelectMany(batch => batch.Queries)];
        Assert.Equal(8, sampler.BatchesPerEpoch);
        string[][] epochs = [.. drawn.Chunk(37)];
        Assert.All(epochs, epoch => Assert.Equal(37, epoch.Distinct().Count()));
        Assert.Equal(5, epochs.Select(epoch => string.Join(' ', epoch)).Distinct().Count());
    }

    [Fact]
    public void NoQueryAndNoPositiveStandsTwiceInABatchAndNoExampleIsLost()
    {
        Gen<Triplet> triplet = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], Gen.Bool, (query, positive, upper) =>
            new Triplet(upper ? $"TEXT, {query}" : $"text {query}", [$"text {positive}!"], []));
        Gen.Select(triplet.List[1, 40], Gen.Int[1, 8], Gen.Long).Sample((triplets, size, seed) =>
        {
            using TemporaryFolder folder = new();
            ExampleSet set = SampleFile.LoadAsync(folder, triplets).GetAwaiter().GetResult();
            BatchSampler sampler = new([set], new BatchSamplerOptions { BatchSize = size, Seed = seed });
            int[] uses = new int[triplets.Count];
            // Enough for two epochs of batches that hold one example each, and what else may wait.
            for (int i = 0; i < (3 * triplets.Count) + (2 * size); i++)
            {
                TrainingBatch batch = sampler.Next();
                Assert.InRange(batch.Examples.Count, 1, size);
                IEnumerable<string> texts = batch.Examples.SelectMany(example => new[] { NormalizedText.Of(example.Query), NormalizedText.Of(example.Positive) }.Distinct());
                Assert.Equal(texts.Distinct(), texts);
                foreach (TrainingExample example in batch.Examples)
                    uses[example.Line - 1]++;
            }

            Assert.All(uses, count => Assert.True(count >= 2));
            // Draws differ by one, and no more than a batch's number of examples wait.
            Assert.True(uses.Max() - uses.Min() <= 1 + size, $"Uses differ: {string.Join(' ', uses)}.");
        }, iter: 60, threads: 1);
    }

    [Theory]
    [InlineData(BatchMixing.OneSource)]
    [InlineData(BatchMixing.Mixed)]
    public async Task SharesFollowTheWeightsAtEveryBatch(BatchMixing mixing)
    {
        using TemporaryFolder folder = new();
        double[] weights = [0.5, 0.3, 0.15, 0.05];
        List<ExampleSet> sets = [];
        for (int i = 0; i < weights.Length; i++)
            sets.Add(await SampleFile.LoadAsync(folder, SampleFile.Distinct(40).Select(triplet => triplet with { Query = $"{i} {triplet.Query}", Positives = [$"{i} {triplet.Positives[0]}"] }), source => source with { Weight = weights[i] * 7 }, name: $"s{i}"));
        BatchSampler sampler = new(sets, new BatchSamplerOptions { BatchSize = 8, Mixing = mixing });
        Dictionary<string, int> taken = weights.Select((_, i) => $"s{i}").ToDictionary(name => name, _ => 0);
        for (int batch = 1; batch <= 300; batch++)
        {
            TrainingBatch drawn = sampler.Next();
            Assert.Equal(8, drawn.Examples.Count);
            if (mixing == BatchMixing.OneSource)
                Assert.Single(drawn.Examples.Select(example => example.Source.Name).Distinct());
            foreach (TrainingExample example in drawn.Examples)
                taken[example.Source.Name]++;
            double most = weights.Length * (mixing == BatchMixing.OneSource ? 8 : 1);
            Assert.All(weights.Select((weight, i) => Math.Abs(taken[$"s{i}"] - (weight * batch * 8))), off => Assert.True(off <= most, $"{off} queries off after {batch} batches."));
        }
    }

    [Fact]
    public async Task SourcesOfOtherBatchSizesKeepTheirSharesOfTheQueries()
    {
        using TemporaryFolder folder = new();
        int?[] sizes = [null, 24, 3];
        double[] shares = [0.5, 0.3, 0.2];
        List<ExampleSet> sets = [];
        for (int i = 0; i < sizes.Length; i++)
            sets.Add(await SampleFile.LoadAsync(folder, SampleFile.Distinct(50).Select(triplet => triplet with { Query = $"{i} {triplet.Query}", Positives = [$"{i} {triplet.Positives[0]}"] }), source => source with { Weight = shares[i], BatchSize = sizes[i] }, name: $"s{i}"));
        BatchSampler sampler = new(sets, new BatchSamplerOptions { BatchSize = 8 });
        Dictionary<string, int> taken = sets.ToDictionary(set => set.Source.Name, _ => 0);
        foreach (TrainingBatch batch in SampleFile.Draw(sampler, 400))
        {
            TrainingSource source = batch.Examples[0].Source;
            Assert.Equal(source.BatchSize ?? 8, batch.Examples.Count);
            taken[source.Name] += batch.Examples.Count;
        }

        int total = taken.Values.Sum();
        Assert.All(shares.Select((share, i) => Math.Abs(taken[$"s{i}"] - (share * total))), off => Assert.True(off <= 3 * 24, $"{off} queries off."));
        // 150 queries: 75 in batches of 8, 45 in batches of 24, 30 in batches of 3.
        Assert.Equal(22, sampler.BatchesPerEpoch);
    }

    [Fact]
    public async Task ABatchSizeOfItsOwnNeedsOneSourceABatch()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(10), source => source with { BatchSize = 4 });
        ArgumentException error = Assert.Throws<ArgumentException>(() => new BatchSampler([set], new BatchSamplerOptions { Mixing = BatchMixing.Mixed }));
        Assert.Contains("batch size of its own", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutWeightsSourcesEndTheirEpochsTogether()
    {
        using TemporaryFolder folder = new();
        ExampleSet small = await SampleFile.LoadAsync(folder, SampleFile.Distinct(16), name: "small");
        ExampleSet large = await SampleFile.LoadAsync(folder, SampleFile.Distinct(48).Select(triplet => triplet with { Query = "large " + triplet.Query, Positives = ["large " + triplet.Positives[0]] }), name: "large");
        BatchSampler sampler = new([small, large], new BatchSamplerOptions { BatchSize = 8 });
        List<TrainingBatch> epoch = SampleFile.Draw(sampler, (int)sampler.BatchesPerEpoch);
        Assert.Equal(64, epoch.SelectMany(batch => batch.Queries).Distinct().Count());
    }

    [Fact]
    public async Task GroupBatchesAreMadeOfWholeGroups()
    {
        using TemporaryFolder folder = new();
        // Groups of 1 to 6, and one of 21, which is cut into three parts of 7.
        int[] sizes = [1, 2, 3, 4, 5, 6, 2, 4, 21, 3];
        string[] groups = [.. sizes.SelectMany((size, group) => Enumerable.Repeat($"g{group}", size))];
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(groups.Length, group: i => groups[i]), source => source with { GroupBatches = true });
        BatchSampler sampler = new([set], new BatchSamplerOptions { BatchSize = 8 });
        List<TrainingBatch> batches = SampleFile.Draw(sampler, 80);
        foreach (IGrouping<string, TrainingExample> group in batches.SelectMany(batch => batch.Examples.GroupBy(example => groups[example.Line - 1])))
            Assert.Equal(group.Key == "g8" ? 7 : sizes[int.Parse(group.Key[1..], System.Globalization.CultureInfo.InvariantCulture)], group.Count());
        Assert.True(batches.Average(batch => batch.Examples.Count) > 7, "Batches are far from full.");
        Assert.Equal(groups.Length, batches.SelectMany(batch => batch.Queries).Distinct().Count());
    }

    [Fact]
    public async Task SiblingsWithOnePositiveStandInDifferentBatches()
    {
        using TemporaryFolder folder = new();
        Triplet[] triplets = [.. Enumerable.Range(0, 6).Select(i => new Triplet($"query {i}", ["the page"], []) { Group = "page" })];
        ExampleSet set = await SampleFile.LoadAsync(folder, triplets, source => source with { GroupBatches = true });
        List<TrainingBatch> batches = SampleFile.Draw(new BatchSampler([set], new BatchSamplerOptions { BatchSize = 4 }), 6);
        Assert.All(batches, batch => Assert.Single(batch.Examples));
        Assert.Equal(6, batches.SelectMany(batch => batch.Queries).Distinct().Count());
    }

    [Fact]
    public async Task BucketedBatchesHoldTextsOfLikeLength()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(256).Select((triplet, i) => triplet with { Positives = [triplet.Positives[0] + new string('x', i * 10)] }));
        double Spread(int bucketBatches) => SampleFile.Draw(new BatchSampler([set], new BatchSamplerOptions { BatchSize = 8, BucketBatches = bucketBatches }), 32)
            .Average(batch => batch.Documents.Max(text => text.Length) - batch.Documents.Min(text => text.Length));
        // Windows of 16 batches: each batch has an eighth of half of the lengths.
        Assert.True(Spread(16) < Spread(0) / 8, $"{Spread(16)} with buckets, {Spread(0)} without.");
    }

    [Fact]
    public async Task PromptsStandBeforeTheShareOfQueriesThatIsAskedFor()
    {
        using TemporaryFolder folder = new();
        async Task<double> ShareOf(double share)
        {
            ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(100), source => source with { QueryPrompt = "search: ", PromptShare = share });
            return SampleFile.Draw(new BatchSampler([set]), 125).SelectMany(batch => batch.Examples).Average(example => example.QueryPrompt == "search: " ? 1.0 : 0);
        }

        Assert.Equal(0, await ShareOf(0));
        Assert.Equal(1, await ShareOf(1));
        // 4,000 queries: five standard deviations.
        Assert.Equal(0.5, await ShareOf(0.5), 0.04);
        Assert.Equal(0.2, await ShareOf(0.2), 0.032);
    }

    [Fact]
    public async Task SourcesThatDoNotGoTogetherAreRefused()
    {
        using TemporaryFolder folder = new();
        ExampleSet plain = await SampleFile.LoadAsync(folder, SampleFile.Distinct(3, negatives: 1), name: "a");
        ExampleSet weighted = await SampleFile.LoadAsync(folder, SampleFile.Distinct(3, negatives: 1), source => source with { Weight = 1 }, name: "b");
        ExampleSet negatives = await SampleFile.LoadAsync(folder, SampleFile.Distinct(3, negatives: 1), source => source with { Negatives = 1 }, name: "c");
        Assert.Contains("\"a\"", Assert.Throws<ArgumentException>(() => new BatchSampler([plain, plain])).Message, StringComparison.Ordinal);
        Assert.Contains("no weight", Assert.Throws<ArgumentException>(() => new BatchSampler([plain, weighted])).Message, StringComparison.Ordinal);
        Assert.Contains("differ in negatives", Assert.Throws<ArgumentException>(() => new BatchSampler([plain, negatives], new BatchSamplerOptions { Mixing = BatchMixing.Mixed })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new BatchSampler([]));
    }

    private static IEnumerable<Triplet> Repetitive(int count) =>
        Enumerable.Range(0, count).Select(i => new Triplet($"query {i % 11}", [$"positive {i % 17}", $"positive {i}"], []));
}
