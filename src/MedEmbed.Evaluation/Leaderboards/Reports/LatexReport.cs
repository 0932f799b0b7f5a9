using System.Globalization;
using System.Text;

namespace MedEmbed.Evaluation.Leaderboards.Reports;

/// <summary>The leaderboard as LaTeX tables, to be read by <c>\input</c> where <c>booktabs</c> is loaded.</summary>
internal static class LatexReport
{
    public static string Write(Leaderboard leaderboard)
    {
        var text = new StringBuilder("% Needs \\usepackage{booktabs}.\n");
        foreach (string metric in leaderboard.Options.Metrics)
            WriteScores(text, leaderboard, metric);
        if (leaderboard.Comparisons.Count > 0)
            WriteSignificance(text, leaderboard);
        return text.ToString();
    }

    private static void WriteScores(StringBuilder text, Leaderboard leaderboard, string metric)
    {
        Begin(text, "ll" + new string('r', leaderboard.Tasks.Count + 1));
        AppendRow(text, ["System", "Prompts", .. leaderboard.Tasks.Select(static task => LatexText.Escape(task.Title)), "Mean"]);
        text.Append("\\midrule\n");
        for (int row = 0; row < leaderboard.Rows.Count; row++)
        {
            LeaderboardRow system = leaderboard.Rows[row];
            int current = row;
            AppendRow(text,
            [
                LatexText.Escape(system.Title) + (system.IsPublished ? " (published)" : ""),
                LatexText.Escape(system.Prompts),
                .. system.Cells.Select((cell, task) => Cell(cell, metric, leaderboard.IsBest(current, task, metric))),
                system.Mean(metric) is { } mean ? Bold(ScoreText.Score(mean), leaderboard.HasBestMean(row, metric)) + Marks(system.Notes) : "--",
            ]);
        }

        text.Append("\\bottomrule\n\\end{tabular}\n");
        foreach (string line in Legend.Lines(leaderboard))
            text.Append(CultureInfo.InvariantCulture, $"\\par{{\\footnotesize {LatexText.Escape(line)}}}\n");
        End(text, $"{ScoreText.Metric(metric)}. Bold: highest on the same data. Mean: {ScoreText.MeanText}.", "leaderboard-" + metric.Replace('_', '-'));
    }

    private static string Cell(LeaderboardCell? cell, string metric, bool best) =>
        cell?.Score(metric) is { } score
            ? Bold(ScoreText.Score(score), best) + (cell.Contaminated ? "\\textsuperscript{\\dag}" : "") + Marks(cell.Note is { } note ? [note] : [])
            : "--";

    private static string Bold(string text, bool best) => best ? $"\\textbf{{{text}}}" : text;

    private static string Marks(IEnumerable<LeaderboardNote> notes)
    {
        string marks = string.Join(',', notes.Select(static note => note.Mark));
        return marks.Length == 0 ? "" : $"\\textsuperscript{{{marks}}}";
    }

    private static void WriteSignificance(StringBuilder text, Leaderboard leaderboard)
    {
        Begin(text, "lllrrrr");
        AppendRow(text, ["Task", "First", "Second", "Difference", LatexText.Escape(Legend.Interval(leaderboard)), "Corrected $p$", "Won/tied/lost"]);
        text.Append("\\midrule\n");
        foreach (TaskComparison comparison in leaderboard.Comparisons)
        {
            var paired = comparison.Paired;
            AppendRow(text,
            [
                LatexText.Escape(comparison.Task.Title),
                LatexText.Escape(comparison.First.Title),
                LatexText.Escape(comparison.Second.Title),
                LatexText.Escape(ScoreText.Difference(paired.MeanDifference)),
                LatexText.Escape($"{ScoreText.Difference(paired.Interval.Lower)} … {ScoreText.Difference(paired.Interval.Upper)}"),
                Bold(LatexText.Escape(ScoreText.PValue(comparison.CorrectedPValue)), comparison.IsSignificant),
                string.Create(CultureInfo.InvariantCulture, $"{paired.PerQuery.Wins}/{paired.PerQuery.Ties}/{paired.PerQuery.Losses}"),
            ]);
        }

        text.Append("\\bottomrule\n\\end{tabular}\n");
        End(text, Legend.Significance(leaderboard) + " (bold).", "significance");
    }

    private static void Begin(StringBuilder text, string columns) =>
        text.Append(CultureInfo.InvariantCulture, $"\n\\begin{{table}}\n\\centering\n\\begin{{tabular}}{{{columns}}}\n\\toprule\n");

    private static void End(StringBuilder text, string caption, string label) =>
        text.Append(CultureInfo.InvariantCulture, $"\\caption{{{LatexText.Escape(caption)}}}\n\\label{{tab:{label}}}\n\\end{{table}}\n");

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(" & ", cells).Append(" \\\\\n");
}
