using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Evaluation.Tests.Significance;

public class PairedComparisonTests
{
    [Fact]
    public void QueriesArePairedByIdAndTheRestIsCounted()
    {
        var first = new Dictionary<string, double> { ["a"] = 0.5, ["b"] = 1.0, ["c"] = 0.2, ["only first"] = 0.9 };
        var second = new Dictionary<string, double> { ["c"] = 0.2, ["only second"] = 0.1, ["x"] = 0, ["b"] = 0.4, ["a"] = 0.8 };

        PairedComparison comparison = PairedComparison.Of(first, second);

        Assert.Equal((3, 1, 2), (comparison.Queries, comparison.OnlyFirst, comparison.OnlySecond));
        Assert.Equal(0.1, comparison.MeanDifference, 1e-15);
        Assert.Equal(new HeadToHead(Wins: 1, Ties: 1, Losses: 1), comparison.PerQuery);
        Assert.Equal(1, comparison.Randomization.PValue); // ±0.3 ± 0.6: two of four sums are as large as 0.3, the other two larger
    }

    [Fact]
    public void TheOrderOfQueriesDoesNotChangeTheDraws()
    {
        (string Query, double Score)[] scores = [.. Enumerable.Range(0, 60).Select(static i => ($"q{i}", Math.Abs(Math.Sin(i))))];
        Dictionary<string, double> baseline = scores.ToDictionary(static scored => scored.Query, static scored => scored.Score * 0.9 + (scored.Query.Length * 0.01));

        PairedComparison forward = PairedComparison.Of(scores.ToDictionary(static scored => scored.Query, static scored => scored.Score), baseline);
        PairedComparison backward = PairedComparison.Of(scores.Reverse().ToDictionary(static scored => scored.Query, static scored => scored.Score), baseline);

        Assert.Equal(forward, backward);
    }

    [Fact]
    public void SystemsWithoutACommonQueryAreRefused() =>
        Assert.Throws<EvaluationException>(static () => PairedComparison.Of(new Dictionary<string, double> { ["a"] = 1 }, new Dictionary<string, double> { ["b"] = 1 }));

    [Fact]
    public void ScoresThatAreNaNAreNotComparedHeadToHead() =>
        Assert.Equal(new HeadToHead(1, 0, 1), HeadToHead.Of([1, 0, double.NaN, 1], [0, 1, 1, double.NaN]));
}
