namespace MedEmbed.Training.Losses;

/// <summary>What <see cref="GistOptions.Margin"/> is a margin of.</summary>
public enum GistMargin
{
    /// <summary>The guide's cosine: the threshold is g − margin.</summary>
    Absolute,

    /// <summary>A part of the guide's cosine: the threshold is g − |g|·margin.</summary>
    Relative,
}
