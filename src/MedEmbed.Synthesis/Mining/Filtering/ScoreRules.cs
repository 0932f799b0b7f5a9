namespace MedEmbed.Synthesis.Mining.Filtering;

/// <summary>The rules for a candidate's score beside the positive's.</summary>
internal sealed class ScoreRules(MiningOptions options)
{
    /// <summary>Why the candidate is dropped by the margins; null: it stays.</summary>
    public DropReason? Check(float candidate, float positive)
    {
        if (options.MaxScore is { } highest && candidate > highest)
            return DropReason.MaxScore;
        if (options.Margin is { } margin && candidate > positive - margin)
            return DropReason.Margin;
        return options.RelativeMargin is { } share && candidate > Share(positive, share) ? DropReason.RelativeMargin : null;
    }

    /// <summary>Whether the second model takes the candidate for an answer.</summary>
    public bool IsFalseNegative(float candidate, float positive) => candidate > Share(positive, options.FalseNegativeShare);

    // share · s for positive scores; below zero the bound lies as far beneath the score as it would above.
    private static double Share(float positive, double share) => positive - ((1 - share) * Math.Abs((double)positive));
}
