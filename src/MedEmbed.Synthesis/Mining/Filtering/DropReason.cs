namespace MedEmbed.Synthesis.Mining.Filtering;

/// <summary>Why a candidate does not become a negative.</summary>
internal enum DropReason
{
    /// <summary>It is a positive of the query, by this pair or another.</summary>
    Positive,

    /// <summary>It is of the positive's group, by <see cref="MiningOptions.ExcludeGroup"/>.</summary>
    Group,

    /// <summary>Its score is above <see cref="MiningOptions.MaxScore"/>.</summary>
    MaxScore,

    /// <summary>It scores too close to the positive, by <see cref="MiningOptions.Margin"/>.</summary>
    Margin,

    /// <summary>It scores too close to the positive, by <see cref="MiningOptions.RelativeMargin"/>.</summary>
    RelativeMargin,

    /// <summary>The second model takes it for an answer.</summary>
    FalseNegative,
}
