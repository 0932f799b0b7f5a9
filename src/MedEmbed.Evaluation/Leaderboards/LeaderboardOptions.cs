using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>How systems are compared.</summary>
public sealed record LeaderboardOptions
{
    /// <summary>nDCG@10, Holm's correction, 0.05.</summary>
    public static LeaderboardOptions Default { get; } = new();

    /// <summary>MTEB's keys of the metrics shown; the first ranks, and is the one whose differences are tested. Default: <c>ndcg_at_10</c>.</summary>
    public IReadOnlyList<string> Metrics
    {
        get;
        init => field = value.Count > 0 && value.Distinct(StringComparer.Ordinal).Count() == value.Count
            ? value
            : throw new ArgumentException("name at least one metric, and none twice, such as ndcg_at_10.", nameof(value));
    } = ["ndcg_at_10"];

    /// <summary>A file of published scores to show beside the measured ones, or null.</summary>
    public string? PublishedFile { get; init; }

    /// <summary>How p-values are corrected for the number of comparisons. Default: Holm.</summary>
    public PValueCorrection Correction { get; init; } = PValueCorrection.Holm;

    /// <summary>Corrected p-values below it count as significant, between 0 and 1. Default: 0.05.</summary>
    public double SignificanceLevel
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The significance level must lie between 0 and 1, such as 0.05.");
    } = 0.05;

    /// <summary>Draws, seed and confidence level of the tests.</summary>
    public SignificanceOptions Significance { get; init; } = SignificanceOptions.Default;

    /// <summary>The metric that ranks.</summary>
    public string MainMetric => Metrics[0];
}
