using CsCheck;
using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Evaluation.Tests.Significance;

public class RandomizationTestTests
{
    [Fact]
    public void UpToTwentyDifferencesTheShareIsThatOfAllSignAssignments() =>
        Gen.OneOf(Gen.Double[-1, 1], Gen.Int[-3, 3].Select(static tenths => tenths / 10.0)).Array[1, 10].Sample(static differences =>
        {
            // In whole numbers, so that equal sums are equal.
            long[] whole = [.. differences.Select(static difference => (long)Math.Round(difference * (1L << 20)))];
            double[] exact = [.. whole.Select(static difference => (double)difference / (1L << 20))];
            int asLarge = Enumerable.Range(0, 1 << whole.Length).Count(signs =>
                Math.Abs(whole.Select((difference, i) => (signs >> i & 1) == 0 ? difference : -difference).Sum()) >= Math.Abs(whole.Sum()));

            RandomizationResult result = RandomizationTest.Run(exact, SignificanceOptions.Default);

            Assert.True(result.Exact);
            Assert.Equal((double)asLarge / (1 << whole.Length), result.PValue, 1e-12);
        });

    [Fact]
    public void TenDifferencesOfOneSignHaveTwoOf1024Assignments() =>
        Assert.Equal(2.0 / 1024, RandomizationTest.Run([.. Enumerable.Repeat(0.1, 10)], SignificanceOptions.Default).PValue);

    [Fact]
    public void EqualSystemsHaveAPValueOfOne() =>
        Assert.Equal(1, RandomizationTest.Run(new double[500], SignificanceOptions.Default).PValue);

    [Fact]
    public void RandomAssignmentsComeNearTheExactShare()
    {
        // 17 differences of 1 and 7 of -1: the number of minus signs is binomial, which gives the exact value.
        double[] differences = [.. Enumerable.Repeat(1.0, 17), .. Enumerable.Repeat(-1.0, 7)];
        double exact = 2 * Enumerable.Range(0, 8).Sum(static minus => Binomial(24, minus)) / Math.Pow(2, 24);

        RandomizationResult result = RandomizationTest.Run(differences, new SignificanceOptions { Permutations = 100_000 });

        Assert.False(result.Exact);
        Assert.Equal(exact, result.PValue, 4 * Math.Sqrt(exact * (1 - exact) / 100_000));
    }

    [Fact]
    public void ARandomPValueIsNeverZero() =>
        Assert.Equal(1.0 / 1001, RandomizationTest.Run([.. Enumerable.Repeat(1.0, 200)], new SignificanceOptions { Permutations = 1000 }).PValue);

    [Fact]
    public void TheSeedDecidesTheDraws()
    {
        double[] differences = [.. Enumerable.Range(0, 100).Select(static i => Math.Sin(i) + 0.1)];

        double first = RandomizationTest.Run(differences, new SignificanceOptions { Seed = 1 }).PValue;

        Assert.Equal(first, RandomizationTest.Run(differences, new SignificanceOptions { Seed = 1 }).PValue);
        Assert.NotEqual(first, RandomizationTest.Run(differences, new SignificanceOptions { Seed = 2 }).PValue);
    }

    [Fact]
    public void NaNDifferencesAreRefused() =>
        Assert.Throws<ArgumentException>(static () => RandomizationTest.Run([0.1, double.NaN], SignificanceOptions.Default));

    private static double Binomial(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);
}
