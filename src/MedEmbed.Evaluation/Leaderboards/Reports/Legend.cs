using System.Globalization;

namespace MedEmbed.Evaluation.Leaderboards.Reports;

/// <summary>What the marks and tables mean, in the words all reports share.</summary>
internal static class Legend
{
    /// <summary>A line for each mark that occurs.</summary>
    public static IEnumerable<string> Lines(Leaderboard leaderboard)
    {
        foreach (LeaderboardNote note in leaderboard.Notes)
            yield return $"[{note.Mark}] {note.Text}";
        if (HasContamination(leaderboard))
            yield return $"{ScoreText.ContaminationMark} {ScoreText.ContaminationText}";
        foreach (PublishedSource source in Sources(leaderboard))
            yield return $"published: {source.Source}. {source.Read}".TrimEnd();
    }

    /// <summary>Why there are no tests.</summary>
    public static string NoTests(Leaderboard leaderboard) =>
        $"No paired tests: no two measured systems have per-query {ScoreText.Metric(leaderboard.Options.MainMetric)} on the same data.";

    public static bool HasContamination(Leaderboard leaderboard) => leaderboard.Rows.Any(static row => row.Cells.Any(static cell => cell is { Contaminated: true }));

    /// <summary>Every publication that rows come from, once.</summary>
    public static IEnumerable<PublishedSource> Sources(Leaderboard leaderboard) =>
        leaderboard.Rows.Select(static row => row.System.Published).OfType<PublishedSource>().Distinct().OrderBy(static source => source.Source, StringComparer.Ordinal);

    /// <summary>What was tested, and how.</summary>
    public static string Significance(Leaderboard leaderboard)
    {
        LeaderboardOptions options = leaderboard.Options;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Paired differences in {ScoreText.Metric(options.MainMetric)} per query: two-sided randomisation test, bootstrap interval, p-values corrected after {ScoreText.Correction(options.Correction)} over {leaderboard.Comparisons.Count} comparisons; significant below {options.SignificanceLevel}");
    }

    public static string Interval(Leaderboard leaderboard) =>
        string.Create(CultureInfo.InvariantCulture, $"{leaderboard.Options.Significance.ConfidenceLevel * 100:0.##} % interval");
}
