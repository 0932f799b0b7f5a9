using MedEmbed.Training.Merging;

namespace MedEmbed.Training.Tests.Merging;

public sealed class WeightSearchTests
{
    [Theory]
    [InlineData(0.3, 0.7)]
    [InlineData(0.05, 0.15, 0.8)]
    [InlineData(0.25, 0.25, 0.25, 0.25)]
    [InlineData(1.0, 0.0)]
    public async Task TheBestOfASmoothScoreIsFoundToAFewHundredths(params double[] best)
    {
        IReadOnlyList<WeightTrial> trials = await SearchAsync(best, evaluations: 200);
        Assert.All(WeightSearch.Best(trials).Weights.Zip(best), pair => Assert.Equal(pair.Second, pair.First, 0.04));
        Assert.All(trials, trial => Assert.Equal(1, trial.Weights.Sum(), 1e-12));
        Assert.Equal(trials.Count, trials.Select(trial => string.Join(',', trial.Weights)).Distinct().Count());
    }

    [Fact]
    public async Task NoMoreMixesAreScoredThanAllowedAndTheSameEveryTime()
    {
        double[] best = [0.2, 0.5, 0.3];
        IReadOnlyList<WeightTrial> first = await SearchAsync(best, evaluations: 9), second = await SearchAsync(best, evaluations: 9);
        Assert.Equal(9, first.Count);
        Assert.Equal(first.Select(Text), second.Select(Text));

        static string Text(WeightTrial trial) => FormattableString.Invariant($"{string.Join(' ', trial.Weights)}: {trial.Score}");
    }

    [Fact]
    public async Task OfEqualScoresTheFirstTriedStays()
    {
        IReadOnlyList<WeightTrial> trials = await WeightSearch.RunAsync(2, 30, (_, _) => ValueTask.FromResult(0.5), TestContext.Current.CancellationToken);
        Assert.Equal([1.0, 0.0], WeightSearch.Best(trials).Weights);
    }

    [Fact]
    public async Task AScoreThatIsNoNumberEndsTheSearch() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => WeightSearch.RunAsync(2, 10, (_, _) => ValueTask.FromResult(double.NaN), TestContext.Current.CancellationToken));

    private static Task<IReadOnlyList<WeightTrial>> SearchAsync(double[] best, int evaluations) =>
        WeightSearch.RunAsync(
            best.Length, evaluations, (weights, _) => ValueTask.FromResult(-weights.Zip(best).Sum(pair => Math.Pow(pair.First - pair.Second, 2))), TestContext.Current.CancellationToken);
}
