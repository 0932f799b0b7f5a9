namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>Texts embedded in a run, and the time it took.</summary>
/// <param name="Texts">Distinct documents and queries.</param>
/// <param name="Seconds">Time in the encoder alone.</param>
public readonly record struct EmbeddingSpeed(double Texts, double Seconds)
{
    /// <summary>Texts a second.</summary>
    public double TextsPerSecond => Texts / Seconds;
}
