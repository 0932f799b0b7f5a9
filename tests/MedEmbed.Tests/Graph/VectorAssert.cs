using MedEmbed.Encoding;

namespace MedEmbed.Tests.Graph;

/// <summary>Compares vectors and names the number that differs most.</summary>
internal static class VectorAssert
{
    /// <summary>Every number within <paramref name="tolerance"/> of the expected vector's length.</summary>
    public static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double length = 0, worst = 0;
        int place = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            length += expected[i] * expected[i];
            double difference = Math.Abs(expected[i] - actual[i]);
            if (!(difference <= worst))
                (worst, place) = (difference, i);
        }

        if (!(worst <= tolerance * Math.Sqrt(length)))
            Assert.Fail($"{what}: number {place} is {actual[place]}, not {expected[place]}; the vector's length is {Math.Sqrt(length)}.");
    }

    public static void Close(EmbeddingMatrix expected, EmbeddingMatrix actual, double tolerance)
    {
        Assert.Equal(expected.Rows, actual.Rows);
        for (int row = 0; row < expected.Rows; row++)
            Close([.. expected[row].ToArray().Select(value => (double)value)], actual[row], tolerance, $"row {row}");
    }
}
