using System.Globalization;
using System.Text;
using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Evaluation.Leaderboards.Reports;

/// <summary>The page's tables of head-to-head wins and of significance tests.</summary>
internal static class HtmlComparisons
{
    private const int Shades = 10;

    public static void WriteHeadToHead(StringBuilder page, HeadToHeadMatrix matrix)
    {
        if (matrix.Rows.Count < 2)
            return;
        page.Append("<section aria-labelledby=\"head\"><h2 id=\"head\">Head to head</h2>\n<p>(Task, metric) values on which the row is higher than the column, of those compared: all retrieval metrics at all cut-offs, on the same data.</p>\n");
        page.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"head\"><table id=\"head-to-head\"><thead><tr><td></td>");
        foreach (LeaderboardRow row in matrix.Rows)
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{HtmlText.Escape(row.Title)}</th>");
        page.Append("<th scope=\"col\">won</th></tr></thead>\n<tbody>\n");
        for (int first = 0; first < matrix.Rows.Count; first++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{HtmlText.Escape(matrix.Rows[first].Title)}</th>");
            for (int second = 0; second < matrix.Rows.Count; second++)
                page.Append(matrix[first, second] is { Compared: > 0 } result ? Cell(result) : $"<td class=\"number\">{ScoreText.Missing}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{ScoreText.Percent(matrix.WinShare(first))}</td></tr>\n");
        }

        page.Append("</tbody></table></div></section>\n");
    }

    public static void WriteSignificance(StringBuilder page, Leaderboard leaderboard)
    {
        page.Append("<section aria-labelledby=\"tests\"><h2 id=\"tests\">Significance</h2>\n");
        if (leaderboard.Comparisons.Count == 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{HtmlText.Escape(Legend.NoTests(leaderboard))}</p></section>\n");
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<p>{HtmlText.Escape(Legend.Significance(leaderboard))}.</p>\n");
        page.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"tests\"><table id=\"significance\"><thead><tr>");
        foreach ((string title, string type) in ((string, string)[])
                 [
                     ("Task", "text"), ("First", "text"), ("Second", "text"), ("Queries", "number"), ("Difference", "number"),
                     (Legend.Interval(leaderboard), "number"), ("p", "number"), ("Corrected p", "number"), ("Won", "number"), ("Tied", "number"), ("Lost", "number"), ("Significant", "text"),
                 ])
        {
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" aria-sort=\"none\" data-type=\"{type}\"><button type=\"button\">{HtmlText.Escape(title)}</button></th>");
        }

        page.Append("</tr></thead>\n<tbody>\n");
        foreach (TaskComparison comparison in leaderboard.Comparisons)
            WriteComparison(page, comparison);
        page.Append("</tbody></table></div></section>\n");
    }

    private static void WriteComparison(StringBuilder page, TaskComparison comparison)
    {
        PairedComparison paired = comparison.Paired;
        page.Append(CultureInfo.InvariantCulture, $"<tr{(comparison.IsSignificant ? " class=\"significant\"" : "")}><td>{HtmlText.Escape(comparison.Task.Title)}</td><td>{HtmlText.Escape(comparison.First.Title)}</td><td>{HtmlText.Escape(comparison.Second.Title)}</td>");
        Number(paired.Queries, ScoreText.Count(paired.Queries));
        Number(paired.MeanDifference, ScoreText.Difference(paired.MeanDifference));
        Number(paired.Interval.Lower, $"{ScoreText.Difference(paired.Interval.Lower)} … {ScoreText.Difference(paired.Interval.Upper)}");
        Number(paired.Randomization.PValue, ScoreText.PValue(paired.Randomization.PValue));
        Number(comparison.CorrectedPValue, ScoreText.PValue(comparison.CorrectedPValue));
        Number(paired.PerQuery.Wins, ScoreText.Count(paired.PerQuery.Wins));
        Number(paired.PerQuery.Ties, ScoreText.Count(paired.PerQuery.Ties));
        Number(paired.PerQuery.Losses, ScoreText.Count(paired.PerQuery.Losses));
        page.Append(comparison.IsSignificant ? "<td>yes</td></tr>\n" : "<td>no</td></tr>\n");

        void Number(double value, string text) =>
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"number\" data-value=\"{value.ToString("R", CultureInfo.InvariantCulture)}\">{HtmlText.Escape(text)}</td>");
    }

    /// <summary>Shaded by the share of wins; the page's style gives each step its colour.</summary>
    private static string Cell(HeadToHead result)
    {
        int shade = (int)Math.Round((double)result.Wins / result.Compared * Shades);
        return string.Create(CultureInfo.InvariantCulture, $"<td class=\"number shade-{shade}\">{result.Wins}/{result.Compared}</td>");
    }
}
