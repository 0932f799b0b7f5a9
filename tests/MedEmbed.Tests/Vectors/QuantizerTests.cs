using CsCheck;
using MedEmbed.Vectors;

namespace MedEmbed.Tests.Vectors;

public sealed class QuantizerTests
{
    [Fact]
    public void DequantizedValuesLieWithinHalfAStep() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[2, 30], Gen.Int).Sample((dimensions, rows, seed) =>
        {
            float[] sample = Values(seed, rows * dimensions);
            Int8Quantizer quantizer = Int8Quantizer.Calibrate(sample, dimensions);
            sbyte[] codes = new sbyte[dimensions];
            float[] back = new float[dimensions];
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<float> vector = sample.AsSpan(row * dimensions, dimensions);
                quantizer.Quantize(vector, codes);
                quantizer.Dequantize(codes, back);
                for (int i = 0; i < dimensions; i++)
                    Assert.InRange(Math.Abs(back[i] - vector[i]), 0, quantizer.Step[i] * 0.5001f + 1e-6f);
            }
        }, iter: 100);

    /// <summary>Codes of sentence-transformers' formula ((x − start) / step − 128), worked by hand for the range −1…1.55 with step 0.01.</summary>
    [Theory]
    [InlineData(-1f, -128)]
    [InlineData(1.55f, 127)]
    [InlineData(0f, -28)]
    [InlineData(0.274f, -1)]
    [InlineData(-7f, -128)]
    [InlineData(7f, 127)]
    public void CodesFollowTheRangeAndAreClamped(float value, int code)
    {
        Int8Quantizer quantizer = Int8Quantizer.OfRanges([-1f], [1.55f]);
        sbyte[] codes = new sbyte[1];
        quantizer.Quantize([value], codes);
        Assert.Equal(code, codes[0]);
    }

    [Fact]
    public void AConstantDimensionComesBackExactly()
    {
        Int8Quantizer quantizer = Int8Quantizer.Calibrate([0.3f, 1f, 0.3f, 2f], 2);
        float[] back = new float[2];
        sbyte[] codes = new sbyte[2];
        quantizer.Quantize([0.3f, 2f], codes);
        quantizer.Dequantize(codes, back);
        Assert.Equal(0.3f, back[0]);
    }

    [Fact]
    public void OutliersAreLeftOutsideTheRange()
    {
        float[] sample = [.. Enumerable.Range(0, 100).Select(i => (float)i), 1e6f];
        Int8Quantizer quantizer = Int8Quantizer.Calibrate(sample, 1, outliers: 0.02);
        Assert.Equal(2, quantizer.Minimum[0]);
        Assert.Equal(98, quantizer.Minimum[0] + 255 * quantizer.Step[0], 1e-3);
    }

    [Fact]
    public void BinaryPacksTheFirstDimensionInTheHighestBit()
    {
        byte[] packed = new byte[2];
        BinaryQuantizer.Quantize([1, -1, 0, 2, -3, 0.1f, -0.1f, 5, 1], packed);
        Assert.Equal([0b1001_0101, 0b1000_0000], packed);   // numpy.packbits([1,0,0,1,0,1,0,1,1])
    }

    [Fact]
    public void CosineOfAZeroVectorIsZero()
    {
        float[] zero = [0, 0];
        VectorMath.Normalize(zero);
        Assert.Equal([0f, 0f], zero);
        Assert.Equal(0, VectorMath.Cosine(zero, [1, 2]));
    }

    [Fact]
    public void EveryScoreIsHigherForVectorsMoreAlike()
    {
        foreach (Similarity similarity in Enum.GetValues<Similarity>())
            Assert.True(VectorMath.Score(similarity, [1, 0], [0.9f, 0.1f]) > VectorMath.Score(similarity, [1, 0], [-1, 0.5f]), similarity.ToString());
    }

    private static float[] Values(int seed, int count)
    {
        Random random = new(seed);
        return Array.ConvertAll(new float[count], _ => random.NextSingle() * 4 - 1);
    }
}
