using MedEmbed.Training.Encoders;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Encoders;

public sealed class DropoutTests
{
    private const int Count = 200_000;

    [Theory]
    [InlineData(0.1, ScalarType.Float32)]
    [InlineData(0.5, ScalarType.Float32)]
    [InlineData(0.1, ScalarType.BFloat16)]
    public void AShareOfTheRateIsZeroAndTheRestKeepsTheMean(double rate, ScalarType type)
    {
        using var scope = NewDisposeScope();
        float[] values = Apply(new Dropout(rate, seed: 7, step: 1, pass: 0), layer: 0, type);
        double zeros = values.Count(value => value == 0) / (double)Count;
        Assert.Equal(rate, zeros, 4 * Math.Sqrt(rate * (1 - rate) / Count));
        float kept = values.First(value => value != 0);
        Assert.Equal(1 / (1 - rate), kept, type == ScalarType.Float32 ? 1e-6 : 0.01);
        Assert.All(values, value => Assert.True(value == 0 || value == kept));
    }

    [Fact]
    public void TheSamePlaceDropsTheSameAndAnotherDropsOthers()
    {
        using var scope = NewDisposeScope();
        float[] first = Apply(new Dropout(0.5, 7, 1, 0), 0);
        Assert.Equal(first, Apply(new Dropout(0.5, 7, 1, 0), 0));
        foreach (float[] other in (float[][])[Apply(new Dropout(0.5, 8, 1, 0), 0), Apply(new Dropout(0.5, 7, 2, 0), 0), Apply(new Dropout(0.5, 7, 1, 1), 0), Apply(new Dropout(0.5, 7, 1, 0), 1)])
        {
            double agreement = first.Zip(other, (a, b) => a == b ? 1.0 : 0).Sum() / Count;
            Assert.Equal(0.5, agreement, 0.01);
        }
    }

    [Fact]
    public void NeighboursAreDroppedIndependently()
    {
        using var scope = NewDisposeScope();
        float[] values = Apply(new Dropout(0.5, 3, 1, 0), 2);
        foreach (int distance in (int[])[1, 2, 64, 384])
        {
            double both = Enumerable.Range(0, Count - distance).Count(i => values[i] == 0 && values[i + distance] == 0) / (double)(Count - distance);
            Assert.Equal(0.25, both, 0.01);
        }
    }

    private static float[] Apply(Dropout dropout, int layer, ScalarType type = ScalarType.Float32) =>
        dropout.Apply(ones([Count], type), layer, DropoutPlace.Output).to(ScalarType.Float32).data<float>().ToArray();
}
