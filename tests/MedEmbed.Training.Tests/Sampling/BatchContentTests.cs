using MedEmbed.Data.Texts;
using MedEmbed.Data.Triplets;
using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Tests.Sampling;

public sealed class BatchContentTests
{
    [Fact]
    public async Task NegativesAreDrawnWithoutReplacementAndAnewEachEpoch()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(4, negatives: 6), source => source with { Negatives = 3 });
        TrainingExample[] epochs = [.. SampleFile.Draw(Sampler(set, 4), 40).Select(batch => batch.Examples.Single(example => example.Query == "query 2"))];
        Assert.All(epochs, example => Assert.Equal(3, example.Negatives.Where(text => text.EndsWith("of 2", StringComparison.Ordinal)).Distinct().Count()));
        Assert.Equal(6, epochs.SelectMany(example => example.Negatives).Distinct().Count());
    }

    [Fact]
    public async Task OnePositiveOfSeveralIsDrawnEachEpoch()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(4, positives: 3));
        Assert.Equal(12, SampleFile.Draw(Sampler(set, 4), 40).SelectMany(batch => batch.Documents).Distinct().Count());
    }

    [Fact]
    public async Task TooFewNegativesAreRepeatedEvenly()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(2, negatives: 3), source => source with { Negatives = 6 });
        Assert.All(
            SampleFile.Draw(Sampler(set, 2), 10).SelectMany(batch => batch.Examples),
            example => Assert.All(example.Negatives.CountBy(text => text), count => Assert.Equal(2, count.Value)));
    }

    [Fact]
    public async Task MissingNegativesAreOtherExamplesPositivesThatDoNotAnswerTheQuery()
    {
        using TemporaryFolder folder = new();
        Triplet[] triplets = [new("heart", ["one", "two"], []), new("HEART?", ["three"], []), new("lung", ["four"], [])];
        ExampleSet set = await SampleFile.LoadAsync(folder, triplets, source => source with { Negatives = 2 });
        foreach (TrainingExample example in SampleFile.Draw(Sampler(set, 2), 30).SelectMany(batch => batch.Examples))
        {
            string[] answers = NormalizedText.Of(example.Query) == "heart" ? ["one", "two", "three"] : ["four"];
            Assert.Empty(example.Negatives.Intersect(answers));
        }
    }

    [Fact]
    public async Task ANegativeThatNothingCanStandInForIsAnErrorWithItsLine()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, [new Triplet("heart", ["one", "two"], [])], source => source with { Negatives = 1 });
        Assert.Contains("data.jsonl:1: ", Assert.Throws<Data.DataFormatException>(() => Sampler(set, 1).Next()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KnownPositivesAreAllThatTheQueryHasInItsSource()
    {
        using TemporaryFolder folder = new();
        Triplet[] triplets =
        [
            new("heart", ["one"], ["Two!"]),
            new("Heart.", ["two", "three"], ["four"]),
            new("lung", ["four"], ["three"]),
            new("liver", ["five"], ["ONE"]),
        ];
        ExampleSet set = await SampleFile.LoadAsync(folder, triplets, source => source with { Negatives = 1 });
        foreach (TrainingBatch batch in SampleFile.Draw(Sampler(set, 3), 30))
        {
            string[] documents = [.. batch.Documents];
            for (int i = 0; i < batch.Examples.Count; i++)
            {
                string query = NormalizedText.Of(batch.Examples[i].Query);
                HashSet<string> answers = [.. triplets.Where(triplet => NormalizedText.Of(triplet.Query) == query).SelectMany(triplet => triplet.Positives)];
                for (int document = 0; document < documents.Length; document++)
                    Assert.Equal(answers.Contains(NormalizedText.Of(documents[document])), batch.KnownPositives[(i * documents.Length) + document]);
            }
        }
    }

    [Fact]
    public async Task ScoresBelongToTheirPassages()
    {
        using TemporaryFolder folder = new();
        Triplet[] triplets = [.. SampleFile.Distinct(5, positives: 2, negatives: 4).Select((triplet, i) => triplet with { PositiveScores = [i + 0.5f, i + 0.25f], NegativeScores = [-i, -i - 0.25f, -i - 0.5f, -i - 0.75f] })];
        Dictionary<string, float> scores = triplets.SelectMany(triplet => triplet.Positives.Zip(triplet.PositiveScores!).Concat(triplet.Negatives.Zip(triplet.NegativeScores!))).ToDictionary(pair => pair.First, pair => pair.Second);
        ExampleSet set = await SampleFile.LoadAsync(folder, triplets, source => source with { Negatives = 3 });
        foreach (TrainingExample example in SampleFile.Draw(Sampler(set, 4), 10).SelectMany(batch => batch.Examples))
            Assert.Equal(example.Negatives.Prepend(example.Positive).Select(text => scores[text]), example.Scores!);
    }

    [Fact]
    public async Task OtherPositivesAreCandidatesWhereAnOrderIsLearned()
    {
        using TemporaryFolder folder = new();
        Triplet[] triplets = [new("q", ["p0", "p1", "p2"], ["n0"]) { PositiveScores = [3, 2, 2], NegativeScores = [0] }];
        ExampleSet set = await SampleFile.LoadAsync(folder, triplets, source => source with { Negatives = 3, RankPositives = true });
        foreach (TrainingExample example in SampleFile.Draw(Sampler(set, 1), 20).SelectMany(batch => batch.Examples))
            Assert.Equal(["n0", "p0", "p1", "p2"], example.Negatives.Append(example.Positive).Order(StringComparer.Ordinal));
    }

    private static BatchSampler Sampler(ExampleSet set, int size) => new([set], new BatchSamplerOptions { BatchSize = size });
}
