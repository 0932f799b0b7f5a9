namespace MedEmbed.Evaluation.Significance;

/// <summary>How often one system scores higher than another over the same metrics, tasks or queries.</summary>
/// <param name="Wins">Scores of the first system that are higher.</param>
/// <param name="Ties">Scores that are equal.</param>
/// <param name="Losses">Scores of the first system that are lower.</param>
public readonly record struct HeadToHead(int Wins, int Ties, int Losses)
{
    /// <summary>Scores that were compared.</summary>
    public int Compared => Wins + Ties + Losses;

    /// <summary>Compares two systems score by score. A pair with NaN on either side is not compared.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static HeadToHead Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"{first.Length} scores against {second.Length}: both systems need a score for each metric.", nameof(second));
        int wins = 0, ties = 0, losses = 0;
        for (int i = 0; i < first.Length; i++)
        {
            wins += first[i] > second[i] ? 1 : 0;
            ties += first[i] == second[i] ? 1 : 0;
            losses += first[i] < second[i] ? 1 : 0;
        }

        return new HeadToHead(wins, ties, losses);
    }
}
