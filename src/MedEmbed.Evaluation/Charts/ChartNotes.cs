using MedEmbed.Evaluation.Leaderboards;
using MedEmbed.Evaluation.Leaderboards.Reports;
using ScottPlot;

namespace MedEmbed.Evaluation.Charts;

/// <summary>The remarks that must stand where a number stands, below a chart.</summary>
internal static class ChartNotes
{
    /// <summary>The marks beside a number: its data's remark, and contamination.</summary>
    public static string Marks(LeaderboardCell cell) =>
        (cell.Note is { } note ? $"[{note.Mark}]" : "") + (cell.Contaminated ? ScoreText.ContaminationMark : "");

    /// <summary>The lines that explain the marks, wrapped to <paramref name="width"/> pixels.</summary>
    public static string[] Of(Leaderboard leaderboard, bool measuredOnly, float width) => Of(leaderboard.Rows.Where(row => !measuredOnly || !row.IsPublished).SelectMany(static row => row.Cells), width);

    public static string[] Of(IEnumerable<LeaderboardCell?> cells, float width)
    {
        LeaderboardCell[] shown = [.. cells.OfType<LeaderboardCell>()];
        IEnumerable<string> notes = shown.Select(static cell => cell.Note).OfType<LeaderboardNote>().Distinct()
            .OrderBy(static note => note.Mark.Length).ThenBy(static note => note.Mark, StringComparer.Ordinal)
            .Select(static note => $"[{note.Mark}] {note.Text}");
        if (shown.Any(static cell => cell.Contaminated))
            notes = notes.Append($"{ScoreText.ContaminationMark} {ScoreText.ContaminationText}");
        return [.. notes.SelectMany(note => ChartTheme.Wrap(note, width, ChartTheme.SmallTextSize).Split('\n'))];
    }

    /// <summary>Writes them below the horizontal axis, after what stands there.</summary>
    public static void Put(Plot plot, string[] notes)
    {
        string text = plot.Axes.Bottom.Label.Text;
        plot.Axes.Bottom.Label.Text = string.Join('\n', text.Length == 0 ? notes : [text, .. notes]);
        plot.Axes.Bottom.Label.FontSize = ChartTheme.SmallTextSize;
        plot.Axes.Bottom.Label.ForeColor = ChartTheme.FaintInk;
    }

    public static string Describe(string what, string[] notes) => string.Join(' ', [what, .. notes]);
}
