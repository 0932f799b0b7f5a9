namespace MedEmbed.Training.Losses;

/// <summary>How <see cref="GistLoss"/> filters and contrasts. Immutable; each value is checked when it is set.</summary>
public sealed record GistOptions
{
    /// <summary>What cosines are divided by, above 0. Default 0.02.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or not above 0.</exception>
    public double Temperature { get; init => field = OptionRange.Positive(value); } = 0.02;

    /// <summary>How far below the guide's cosine g of the own pair a candidate must stay; larger margins leave out more candidates. Default 0.
    /// A negative margin lets candidates through that the guide prefers to the pair itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public double Margin { get; init => field = OptionRange.Finite(value); }

    /// <summary>What <see cref="Margin"/> is a margin of. Default: the cosine itself.</summary>
    public GistMargin MarginKind { get; init => field = OptionRange.Defined(value); }

    /// <summary>What a pair is contrasted with. Default: documents, queries and positives.</summary>
    public GistCandidates Candidates { get; init => field = OptionRange.Defined(value); }
}
