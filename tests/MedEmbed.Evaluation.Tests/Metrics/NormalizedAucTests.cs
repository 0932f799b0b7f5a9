using CsCheck;
using MedEmbed.Evaluation.Metrics;

namespace MedEmbed.Evaluation.Tests.Metrics;

public class NormalizedAucTests
{
    private static readonly Gen<double[]> Metrics =
        Gen.Double[0, 1].Array[2, 50].Where(static metric => metric.Max() > metric.Min() + 1e-6);

    [Fact]
    public void AConfidenceThatOrdersQueriesByMetricIsPerfect() =>
        Metrics.Sample(static metric => Assert.Equal(1, NormalizedAuc.Of([.. metric.Select(static value => 3 * value)], metric), 1e-9));

    [Fact]
    public void AConfidenceThatIsTheSameForAllIsAsGoodAsChance() =>
        Metrics.Sample(static metric => Assert.Equal(0, NormalizedAuc.Of(new double[metric.Length], metric), 1e-9));

    [Fact]
    public void TheOrderOfQueriesDoesNotMatterEvenWhereConfidencesTie() =>
        Gen.Select(Metrics, Gen.Int[1, 4]).Sample(static (metric, levels) =>
        {
            double[] confidence = [.. metric.Select((_, i) => (double)(i * 7 % 5 % levels))];
            double forward = NormalizedAuc.Of(confidence, metric);
            double backward = NormalizedAuc.Of([.. confidence.Reverse()], [.. metric.Reverse()]);
            Assert.Equal(forward, backward, 1e-9);
        });

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(1.0)]
    public void AFlatOracleCurveHasNoNauc(double metric) =>
        Assert.Equal(double.NaN, NormalizedAuc.Of([0.1, 0.5, 0.9], [metric, metric, metric]));

    [Fact]
    public void DifferencesOfRoundingAloneAreFlat() =>
        Assert.Equal(double.NaN, NormalizedAuc.Of([1, 2], [0.3, 0.1 + 0.2]));

    [Fact]
    public void EveryQueryNeedsAConfidence() =>
        Assert.Throws<ArgumentException>(static () => NormalizedAuc.Of([1, 2], [0.5]));
}
