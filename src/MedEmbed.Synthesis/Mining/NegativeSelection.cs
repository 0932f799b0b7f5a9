namespace MedEmbed.Synthesis.Mining;

/// <summary>Which of the candidates that pass become negatives.</summary>
public enum NegativeSelection
{
    /// <summary>The best ranked of each source.</summary>
    Top,

    /// <summary>A draw from all of each source, by the seed.</summary>
    Sample,
}
