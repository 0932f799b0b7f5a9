using System.Globalization;
using System.Text;

namespace MedEmbed.Evaluation.Leaderboards.Reports;

/// <summary>The leaderboard for a terminal.</summary>
internal static class ConsoleReport
{
    public static string Write(Leaderboard leaderboard)
    {
        var text = new StringBuilder();
        foreach (string metric in leaderboard.Options.Metrics)
            WriteScores(text, leaderboard, metric);
        foreach (string line in Legend.Lines(leaderboard))
            text.Append(line).Append('\n');
        WriteHeadToHead(text, leaderboard.HeadToHead);
        WriteSignificance(text, leaderboard);
        return text.ToString();
    }

    private static void WriteScores(StringBuilder text, Leaderboard leaderboard, string metric)
    {
        var table = new TextTable([ScoreText.Metric(metric), .. leaderboard.Tasks.Select(static task => task.Title), "mean", "prompts", "scores"]);
        for (int column = 1; column <= leaderboard.Tasks.Count + 1; column++)
            table.AlignRight(column);
        foreach (LeaderboardRow row in leaderboard.Rows)
        {
            table.Add(
            [
                row.Title,
                .. row.Cells.Select(cell => Cell(cell, metric)),
                ScoreText.Score(row.Mean(metric)) + Marks(row.Mean(metric) is null ? [] : row.Notes),
                row.Prompts,
                row.IsPublished ? "published" : "measured",
            ]);
        }

        table.WriteTo(text);
        text.Append('\n');
    }

    private static string Cell(LeaderboardCell? cell, string metric) =>
        cell?.Score(metric) is { } score
            ? ScoreText.Score(score) + (cell.Contaminated ? ScoreText.ContaminationMark : "") + Marks(cell.Note is { } note ? [note] : [])
            : ScoreText.Missing;

    private static string Marks(IEnumerable<LeaderboardNote> notes)
    {
        string marks = string.Join(',', notes.Select(static note => note.Mark));
        return marks.Length == 0 ? "" : $"[{marks}]";
    }

    private static void WriteHeadToHead(StringBuilder text, HeadToHeadMatrix matrix)
    {
        if (matrix.Rows.Count < 2)
            return;
        text.Append("\nHead to head: (task, metric) values on which the row is higher, of those compared\n");
        var table = new TextTable(["", .. matrix.Rows.Select(static row => row.Title), "won"]);
        for (int row = 0; row < matrix.Rows.Count; row++)
        {
            table.AlignRight(row + 1);
            int current = row;
            table.Add([matrix.Rows[row].Title, .. Enumerable.Range(0, matrix.Rows.Count).Select(other => Wins(current, other)), ScoreText.Percent(matrix.WinShare(row))]);
        }

        table.AlignRight(matrix.Rows.Count + 1);
        table.WriteTo(text);

        string Wins(int first, int second) => first == second || matrix[first, second].Compared == 0
            ? ScoreText.Missing
            : string.Create(CultureInfo.InvariantCulture, $"{matrix[first, second].Wins}/{matrix[first, second].Compared}");
    }

    private static void WriteSignificance(StringBuilder text, Leaderboard leaderboard)
    {
        if (leaderboard.Comparisons.Count == 0)
        {
            text.Append('\n').Append(Legend.NoTests(leaderboard)).Append('\n');
            return;
        }

        text.Append('\n').Append(Legend.Significance(leaderboard)).Append('\n');
        var table = new TextTable("task", "first", "second", "difference", Legend.Interval(leaderboard), "p", "corrected", "won/tied/lost", "");
        for (int column = 3; column <= 7; column++)
            table.AlignRight(column);
        foreach (TaskComparison comparison in leaderboard.Comparisons)
        {
            var paired = comparison.Paired;
            table.Add(
                comparison.Task.Title,
                comparison.First.Title,
                comparison.Second.Title,
                ScoreText.Difference(paired.MeanDifference),
                $"{ScoreText.Difference(paired.Interval.Lower)} … {ScoreText.Difference(paired.Interval.Upper)}",
                ScoreText.PValue(paired.Randomization.PValue),
                ScoreText.PValue(comparison.CorrectedPValue),
                string.Create(CultureInfo.InvariantCulture, $"{paired.PerQuery.Wins}/{paired.PerQuery.Ties}/{paired.PerQuery.Losses}"),
                comparison.IsSignificant ? "significant" : "");
        }

        table.WriteTo(text);
    }
}
