namespace MedEmbed.Evaluation.Significance;

/// <summary>What the tests ask of paired differences.</summary>
internal static class Differences
{
    public static void RequireFinite(ReadOnlySpan<double> differences)
    {
        if (differences.IsEmpty)
            throw new ArgumentException("There is no query to compare; a paired test needs at least one that both systems answered.", nameof(differences));
        foreach (double difference in differences)
        {
            if (!double.IsFinite(difference))
                throw new ArgumentException("A difference is NaN or infinite; leave such queries out before the test.", nameof(differences));
        }
    }
}
