namespace MedEmbed.Evaluation.Metrics;

/// <summary>Rounds to five decimals as Python's <c>round</c> does: to the nearest by the exact binary value, and to even only where that lies exactly between.</summary>
/// <remarks><see cref="Math.Round(double, int)"/> rounds the product with 10⁵ first, so that a mean just beside the middle goes the wrong way.</remarks>
internal static class FiveDecimals
{
    private const double Scale = 1e5;

    public static double Round(double value)
    {
        double scaled = value * Scale;
        double excess = Math.FusedMultiplyAdd(value, Scale, -scaled);
        double floor = Math.Floor(scaled);
        double fraction = scaled - floor;
        bool up = fraction != 0.5 ? fraction > 0.5 : excess != 0 ? excess > 0 : floor % 2 != 0;
        return (up ? floor + 1 : floor) / Scale;
    }
}
