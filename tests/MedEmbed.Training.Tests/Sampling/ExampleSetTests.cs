using MedEmbed.Data;
using MedEmbed.Data.Contamination;
using MedEmbed.Data.Triplets;
using MedEmbed.Training.Losses;
using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Tests.Sampling;

public sealed class ExampleSetTests
{
    private static readonly ContaminationOptions EqualTexts = new() { NearDuplicates = null };

    [Theory]
    [InlineData(LossNeeds.Negatives, "field \"neg\" is missing")]
    [InlineData(LossNeeds.TeacherScores, "fields \"pos_scores\" and \"neg_scores\" are missing")]
    public async Task WhatTheLossNeedsAndALineLacksIsAnErrorWithFileAndLine(LossNeeds needs, string problem)
    {
        using TemporaryFolder folder = new();
        Triplet[] triplets =
        [
            new("a", ["b"], ["c"]) { PositiveScores = [1], NegativeScores = [0] },
            new("d", ["e"], needs == LossNeeds.Negatives ? [] : ["f"]),
        ];
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => SampleFile.LoadAsync(folder, triplets, source => source with { Negatives = 1 }, new ExampleLoadOptions { Needs = needs }));
        Assert.StartsWith($"{folder.File("data.jsonl")}:2: {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheSourceExcludesIsLeftOutWithItsNegativesScores()
    {
        using TemporaryFolder folder = new();
        Triplet[] triplets =
        [
            new("covid", ["a"], []),
            new("b", ["of COVID"], []),
            new("c", ["d"], ["e", "covid too", "f"]) { PositiveScores = [3], NegativeScores = [2, 1, 0] },
        ];
        ExampleSet set = await SampleFile.LoadAsync(folder, triplets, source => source with { Exclude = "(?i)covid", Negatives = 2 });
        Assert.Equal((1, 2), (set.Count, (int)set.Report.Excluded));
        TrainingExample example = Assert.Single(new BatchSampler([set]).Next().Examples);
        Assert.Equal([("e", 2), ("f", 0)], example.Negatives.Zip(example.Scores!.Skip(1)).Order());
    }

    [Fact]
    public async Task OneFileIsSeveralSourcesByTheKindsOfItsQueries()
    {
        using TemporaryFolder folder = new();
        string?[] kinds = ["topic", "claim", null];
        Triplet[] triplets = [.. SampleFile.Distinct(6).Select((triplet, i) => triplet with { QueryType = kinds[i % 3] })];
        ExampleSet topics = await SampleFile.LoadAsync(folder, triplets, source => source with { QueryTypes = ["topic"] });
        Assert.Equal(["query 0", "query 3"], topics.Queries().Order());
        Assert.Equal(2, topics.Report.Triplets);
        ExampleSet both = await SampleFile.LoadAsync(folder, triplets, source => source with { QueryTypes = ["claim", "topic"] });
        Assert.Equal(4, both.Count);
        ExampleSet written = await SampleFile.LoadAsync(folder, triplets.Select((triplet, i) => triplet with { Source = i < 4 ? "bioasq" : "llm" }), source => source with { QueryTypes = ["topic", "claim"], Sources = ["bioasq"] });
        Assert.Equal(["query 0", "query 1", "query 3"], written.Queries().Order());
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => SampleFile.LoadAsync(folder, triplets, source => source with { QueryTypes = ["headline"] }));
        Assert.Contains("headline", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ASetHasScoresWhereEveryExampleHas(bool all)
    {
        using TemporaryFolder folder = new();
        Triplet scored = new("a", ["b"], ["c"]) { PositiveScores = [1], NegativeScores = [0] };
        ExampleSet set = await SampleFile.LoadAsync(folder, [scored, all ? scored with { Query = "d" } : new Triplet("d", ["b"], ["c"])]);
        Assert.Equal(all, set.HasScores);
    }

    [Fact]
    public async Task NegativesThatTheLossNeedsMustBeAskedFor()
    {
        using TemporaryFolder folder = new();
        await Assert.ThrowsAsync<ArgumentException>(() => SampleFile.LoadAsync(folder, SampleFile.Distinct(2, negatives: 1), options: new ExampleLoadOptions { Needs = LossNeeds.Negatives }));
    }

    [Fact]
    public async Task GroupBatchesNeedGroups()
    {
        using TemporaryFolder folder = new();
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => SampleFile.LoadAsync(folder, SampleFile.Distinct(3, group: i => i < 2 ? "g" : null), source => source with { GroupBatches = true }));
        Assert.Contains("data.jsonl:3: field \"group\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEmptySourceIsAnError()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("holds no triplet", (await Assert.ThrowsAsync<DataFormatException>(() => SampleFile.LoadAsync(folder, []))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheContentHashKnowsOrderScoresAndGroupsButNotTheFilesName()
    {
        using TemporaryFolder folder = new();
        Triplet[] triplets = [.. SampleFile.Distinct(3, negatives: 2)];
        async Task<string> HashOf(IEnumerable<Triplet> content, string name = "data") => (await SampleFile.LoadAsync(folder, content, name: name)).Report.ContentHash;
        string hash = await HashOf(triplets);
        Assert.Equal(hash, await HashOf(triplets, "other"));
        string[] others =
        [
            await HashOf(triplets.Reverse()),
            await HashOf(triplets.Select(triplet => triplet with { PositiveScores = [1], NegativeScores = [0, 0] })),
            await HashOf(triplets.Select(triplet => triplet with { Group = "g" })),
            await HashOf(triplets.Select(triplet => triplet with { Positives = [.. triplet.Positives, triplet.Negatives[0]], Negatives = [triplet.Negatives[1]] })),
        ];
        Assert.Equal(5, others.Append(hash).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ContaminatedExamplesAreCountedAndLeftOutOnDemand(bool drop)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(Path.Combine(folder.Path, "benchmark", "qrels"));
        await File.WriteAllTextAsync(folder.File("benchmark/corpus.jsonl"), """{"_id":"1","title":"","text":"A document of the benchmark."}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("benchmark/queries.jsonl"), """{"_id":"1","text":"a query of the benchmark"}""", TestContext.Current.CancellationToken);
        ContaminationCheck check = new(await BenchmarkTexts.ReadAsync(folder.File("benchmark"), EqualTexts, cancellationToken: TestContext.Current.CancellationToken));
        Triplet[] triplets =
        [
            new("A query, of the benchmark?", ["fine"], []),
            new("fine", ["a document of the benchmark"], []),
            new("good", ["well"], ["A document of the benchmark.", "right"]),
        ];
        ExampleSet set = await SampleFile.LoadAsync(folder, triplets, options: new ExampleLoadOptions { Contamination = check, DropContaminated = drop });
        Assert.Equal(2, check.Report().ContaminatedTriplets);
        Assert.Equal(drop ? (1, 2, 1) : (3, 0, 0), (set.Count, (int)set.Report.ContaminatedTriplets, (int)set.Report.ContaminatedNegatives));
        Assert.Equal(3, set.Report.Triplets);
        Assert.Equal(drop ? ["well", "right"] : ["fine", "a document of the benchmark", "well", "A document of the benchmark.", "right"], set.Passages());
    }

    [Fact]
    public async Task TextsComeBackAsTheyWere()
    {
        using TemporaryFolder folder = new();
        string[] texts = ["ünï\tcode 💉", new string('x', 3 << 20), " spaces ", "last"];
        ExampleSet set = await SampleFile.LoadAsync(folder, texts.Select(text => new Triplet(text, [text + "!"], [])));
        Assert.Equal(texts, set.Queries());
        Assert.Equal(texts.Select(text => text + "!"), set.Passages());
    }
}
