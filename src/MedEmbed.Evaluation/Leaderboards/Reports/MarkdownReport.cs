using System.Globalization;
using System.Text;

namespace MedEmbed.Evaluation.Leaderboards.Reports;

/// <summary>The leaderboard as GitHub's Markdown.</summary>
internal static class MarkdownReport
{
    public static string Write(Leaderboard leaderboard)
    {
        var text = new StringBuilder("# Leaderboard\n");
        foreach (string metric in leaderboard.Options.Metrics)
            WriteScores(text, leaderboard, metric);
        text.Append('\n').Append(CultureInfo.InvariantCulture, $"Bold: highest on the same data. Mean: {ScoreText.MeanText}.\n");
        foreach (string line in Legend.Lines(leaderboard))
            text.Append('\n').Append(Escape(line)).Append('\n');
        WriteHeadToHead(text, leaderboard.HeadToHead);
        WriteSignificance(text, leaderboard);
        return text.ToString();
    }

    private static void WriteScores(StringBuilder text, Leaderboard leaderboard, string metric)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {Escape(ScoreText.Metric(metric))}\n\n");
        AppendRow(text, ["system", "scores", "prompts", "parameters", .. leaderboard.Tasks.Select(static task => Escape(task.Title)), "mean"]);
        AppendRow(text, ["---", "---", "---", "---:", .. leaderboard.Tasks.Select(static _ => "---:"), "---:"]);
        for (int row = 0; row < leaderboard.Rows.Count; row++)
        {
            LeaderboardRow system = leaderboard.Rows[row];
            int current = row;
            AppendRow(text,
            [
                Escape(system.Title),
                system.IsPublished ? "published" : "measured",
                Escape(system.Prompts),
                ScoreText.Parameters(system.System.Model.Parameters),
                .. system.Cells.Select((cell, task) => Cell(cell, metric, leaderboard.IsBest(current, task, metric))),
                Mean(system, metric, leaderboard.HasBestMean(row, metric)),
            ]);
        }
    }

    private static string Cell(LeaderboardCell? cell, string metric, bool best) =>
        cell?.Score(metric) is { } score
            ? Bold(ScoreText.Score(score), best) + (cell.Contaminated ? ScoreText.ContaminationMark : "") + Marks(cell.Note is { } note ? [note] : [])
            : ScoreText.Missing;

    private static string Mean(LeaderboardRow row, string metric, bool best) =>
        row.Mean(metric) is { } mean ? Bold(ScoreText.Score(mean), best) + Marks(row.Notes) : ScoreText.Missing;

    private static string Bold(string text, bool best) => best ? $"**{text}**" : text;

    private static string Marks(IEnumerable<LeaderboardNote> notes)
    {
        string marks = string.Join(',', notes.Select(static note => note.Mark));
        return marks.Length == 0 ? "" : $"<sup>{marks}</sup>";
    }

    private static void WriteHeadToHead(StringBuilder text, HeadToHeadMatrix matrix)
    {
        if (matrix.Rows.Count < 2)
            return;
        text.Append("\n## Head to head\n\n(Task, metric) values on which the row is higher than the column, of those compared.\n\n");
        AppendRow(text, ["", .. matrix.Rows.Select(static row => Escape(row.Title)), "won"]);
        AppendRow(text, ["---", .. matrix.Rows.Select(static _ => "---:"), "---:"]);
        for (int row = 0; row < matrix.Rows.Count; row++)
        {
            int current = row;
            AppendRow(text, [Escape(matrix.Rows[row].Title), .. Enumerable.Range(0, matrix.Rows.Count).Select(other => Wins(current, other)), ScoreText.Percent(matrix.WinShare(row))]);
        }

        string Wins(int first, int second) => matrix[first, second] is { Compared: > 0 } result
            ? string.Create(CultureInfo.InvariantCulture, $"{result.Wins}/{result.Compared}")
            : ScoreText.Missing;
    }

    private static void WriteSignificance(StringBuilder text, Leaderboard leaderboard)
    {
        if (leaderboard.Comparisons.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Escape(Legend.NoTests(leaderboard))}\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## Significance\n\n{Escape(Legend.Significance(leaderboard))}.\n\n");
        AppendRow(text, ["task", "first", "second", "queries", "difference", Legend.Interval(leaderboard), "p", "corrected p", "won / tied / lost", "significant"]);
        AppendRow(text, ["---", "---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---"]);
        foreach (TaskComparison comparison in leaderboard.Comparisons)
        {
            var paired = comparison.Paired;
            AppendRow(text,
            [
                Escape(comparison.Task.Title),
                Escape(comparison.First.Title),
                Escape(comparison.Second.Title),
                ScoreText.Count(paired.Queries),
                ScoreText.Difference(paired.MeanDifference),
                $"{ScoreText.Difference(paired.Interval.Lower)} … {ScoreText.Difference(paired.Interval.Upper)}",
                Escape(ScoreText.PValue(paired.Randomization.PValue)),
                Escape(ScoreText.PValue(comparison.CorrectedPValue)),
                string.Create(CultureInfo.InvariantCulture, $"{paired.PerQuery.Wins} / {paired.PerQuery.Ties} / {paired.PerQuery.Losses}"),
                comparison.IsSignificant ? "yes" : "no",
            ]);
        }
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>Text that Markdown and its HTML show as it is.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (char letter in text)
        {
            if (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '~' or '&')
                escaped.Append('\\');
            escaped.Append(letter is '\n' or '\r' ? ' ' : letter);
        }

        return escaped.ToString();
    }
}
