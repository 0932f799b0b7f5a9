namespace MedEmbed.Synthesis.Mining;

/// <summary>Who scores positives and negatives for distillation.</summary>
/// <param name="Model">The model; null is BM25.</param>
/// <param name="Weight">Its share beside other teachers, above 0.</param>
public sealed record Teacher(MiningModel? Model, double Weight = 1)
{
    /// <inheritdoc cref="Teacher" path="/param[@name='Weight']"/>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public double Weight { get; init => field = Require(value); } = Require(Weight);

    private static double Require(double weight) =>
        weight > 0 && double.IsFinite(weight) ? weight : throw new ArgumentOutOfRangeException(nameof(weight), weight, "A teacher's weight must be above 0.");
}
