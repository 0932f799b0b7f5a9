namespace MedEmbed.Cli.Progress;

/// <summary>How far work has come.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all, null where that is unknown.</param>
/// <param name="Unit">What is counted, such as <c>documents</c> or <c>bytes</c>.</param>
/// <param name="Detail">A few words more, such as the file at hand.</param>
internal readonly record struct WorkProgress(long Done, long? Total, string Unit, string? Detail = null)
{
    /// <summary>Units of <see cref="Done"/> that an earlier run did, which say nothing of this one's speed.</summary>
    public long Skipped { get; init; }

    /// <summary>Time left, where the work knows better than its rate so far would say; null to have it reckoned.</summary>
    public TimeSpan? TimeLeft { get; init; }
}
