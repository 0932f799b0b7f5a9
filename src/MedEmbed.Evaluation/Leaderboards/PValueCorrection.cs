namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>A correction of p-values for the number of comparisons made.</summary>
public enum PValueCorrection
{
    /// <summary>Holm's: bounds the probability of even one false finding.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg's: bounds the expected share of false findings among the findings.</summary>
    BenjaminiHochberg,
}
