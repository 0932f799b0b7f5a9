using CsCheck;
using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Evaluation.Tests.Significance;

public class MultipleComparisonsTests
{
    [Fact]
    public void HolmOfAWorkedExample() =>
        AssertEqual([0.03, 0.06, 0.06, 0.02], MultipleComparisons.Holm([0.01, 0.04, 0.03, 0.005]));

    /// <summary>The fifteen p-values of Benjamini and Hochberg's own example, of which four are below 0.05 when corrected.</summary>
    [Fact]
    public void BenjaminiAndHochbergFindFourOfTheirFifteen()
    {
        double[] pValues = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000];

        Assert.Equal(4, MultipleComparisons.BenjaminiHochberg(pValues).Count(static pValue => pValue <= 0.05));
        Assert.Equal(3, MultipleComparisons.Holm(pValues).Count(static pValue => pValue <= 0.05));
    }

    [Fact]
    public void BothEqualTheirDefinitionsWhateverTheOrder() =>
        Gen.Double[0, 1].Array[0, 20].Sample(static pValues =>
        {
            int m = pValues.Length;
            double[] sorted = [.. pValues.Order()];
            double[] holm = [.. pValues.Select(p => Enumerable.Range(0, Array.IndexOf(sorted, p) + 1).Max(j => Math.Min(1, (m - j) * sorted[j])))];
            double[] hochberg = [.. pValues.Select(p => Enumerable.Range(Array.IndexOf(sorted, p), m - Array.IndexOf(sorted, p)).Min(j => Math.Min(1, (double)m / (j + 1) * sorted[j])))];

            AssertEqual(holm, MultipleComparisons.Holm(pValues));
            AssertEqual(hochberg, MultipleComparisons.BenjaminiHochberg(pValues));
        });

    [Fact]
    public void PValuesOutsideZeroToOneAreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => MultipleComparisons.Holm([0.5, 1.5]));

    private static void AssertEqual(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12);
    }
}
