using System.Numerics;
using CsCheck;
using MedEmbed.Evaluation.Metrics;
using MedEmbed.Retrieval;

namespace MedEmbed.Evaluation.Tests.Metrics;

public class ArithmeticTests
{
    [Fact]
    public void StringsCompareAsTheirUtf8Bytes() =>
        Gen.Select(AnyText, AnyText).Sample(static (left, right) =>
            Assert.Equal(
                Math.Sign(System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right))),
                Math.Sign(Utf8Order.Compare(left, right))));

    [Fact]
    public void FiveDecimalsAreTheNearestToTheExactBinaryValue() =>
        Gen.OneOf(Gen.Double[0, 1], Gen.Int[0, 40_000].Select(static count => count / 40_000.0), Gen.Int[0, 64].Select(static count => count / 64.0))
            .Sample(static value => Assert.Equal(RoundExactly(value), FiveDecimals.Round(value)));

    [Theory]
    [InlineData(0.078125, 0.07812)] // 5/64, exactly between: to even
    [InlineData(0.234375, 0.23438)] // 15/64, exactly between: to even
    [InlineData(0.000025, 0.00003)] // stored a little above
    [InlineData(0.000035, 0.00003)] // stored a little below
    public void FiveDecimalsRoundAsPython(double value, double rounded) => Assert.Equal(rounded, FiveDecimals.Round(value));

    [Fact]
    public void CompensatedSumKeepsWhatAPlainSumLoses() => Assert.Equal(2, CompensatedSum.Of([1, 1e100, 1, -1e100]));

    [Fact]
    public void PairwiseSumAddsInNumPysOrder() =>
        Gen.Double[-1, 1].Array[0, 3000].Sample(static values => Assert.Equal(NumPySum(values), PairwiseSum.Of(values)));

    private static readonly Gen<string> AnyText =
        Gen.OneOf("a", "b", "é", "\uD7FF", "\uE000", "\uFFFD", "\U00010000", "\U0010FFFF", "\U0001F9EC").Array[0, 5].Select(static parts => string.Concat(parts));

    /// <summary>The definition in whole numbers: value = m / 2^s, compared with halves of 10^-5.</summary>
    private static double RoundExactly(double value)
    {
        const int Shift = 1074;
        BigInteger scaled = BigInteger.Zero;
        if (value != 0)
        {
            long bits = BitConverter.DoubleToInt64Bits(value);
            int exponent = (int)((bits >> 52) & 0x7FF);
            BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
            scaled = mantissa * BigInteger.Pow(2, Math.Max(exponent, 1) - 1075 + Shift) * 100_000;
        }

        BigInteger unit = BigInteger.Pow(2, Shift);
        BigInteger whole = BigInteger.DivRem(scaled, unit, out BigInteger rest);
        int half = (rest * 2).CompareTo(unit);
        return (double)(half > 0 || (half == 0 && !whole.IsEven) ? whole + 1 : whole) / 100_000;
    }

    private static double NumPySum(double[] values)
    {
        if (values.Length > 128)
        {
            int half = values.Length / 2;
            half -= half % 8;
            return NumPySum(values[..half]) + NumPySum(values[half..]);
        }

        double sum = 0;
        int blocked = values.Length < 8 ? 0 : values.Length - (values.Length % 8);
        if (blocked > 0)
        {
            double[] r = values[..8];
            for (int i = 8; i < blocked; i++)
                r[i % 8] += values[i];
            sum = r[0] + r[1] + (r[2] + r[3]) + (r[4] + r[5] + (r[6] + r[7]));
        }

        for (int i = blocked; i < values.Length; i++)
            sum += values[i];
        return sum;
    }
}
