using CsCheck;
using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Evaluation.Tests.Significance;

public class PairedBootstrapTests
{
    [Fact]
    public void TheIntervalIsThatOfTheNormalDistributionForManyQueries()
    {
        double[] differences = [.. Enumerable.Range(0, 2000).Select(static i => Math.Sin(i * 12.9898) * 0.3)];
        double mean = differences.Average();
        double error = Math.Sqrt(differences.Select(difference => (difference - mean) * (difference - mean)).Average() / differences.Length);

        ConfidenceInterval interval = PairedBootstrap.Interval(differences, SignificanceOptions.Default);

        Assert.Equal(mean - (1.96 * error), interval.Lower, 0.1 * error);
        Assert.Equal(mean + (1.96 * error), interval.Upper, 0.1 * error);
    }

    [Fact]
    public void AConstantDifferenceHasNoSpread() =>
        Assert.Equal(new ConfidenceInterval(0.25, 0.25), PairedBootstrap.Interval([0.25, 0.25, 0.25, 0.25], SignificanceOptions.Default));

    [Fact]
    public void AHigherConfidenceGivesAWiderInterval() =>
        Gen.Double[-1, 1].Array[3, 30].Sample(static differences =>
        {
            var narrow = PairedBootstrap.Interval(differences, new SignificanceOptions { ConfidenceLevel = 0.8, Resamples = 500 });
            var wide = PairedBootstrap.Interval(differences, new SignificanceOptions { ConfidenceLevel = 0.95, Resamples = 500 });
            Assert.True(wide.Lower <= narrow.Lower && narrow.Lower <= narrow.Upper && narrow.Upper <= wide.Upper);
        });
}
