using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedEmbed.Evaluation.Leaderboards.Reports;

/// <summary>The page's table of scores, its controls, and the scores by all metrics for its script.</summary>
internal static class HtmlScores
{
    public static void Write(StringBuilder page, Leaderboard leaderboard)
    {
        page.Append("<section aria-labelledby=\"scores-title\"><h2 id=\"scores-title\">Scores</h2>\n");
        WriteControls(page, leaderboard);
        page.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"scores-title\"><table id=\"scores\">\n<thead><tr>");
        Header("System", "text");
        Header("Scores", "text");
        Header("Prompts", "text");
        foreach (LeaderboardTask task in leaderboard.Tasks)
            Header(task.Title, "number");
        Header("Mean", "number");
        Header("Parameters", "number");
        Header("Texts/s", "number");
        page.Append("</tr></thead>\n<tbody>\n");
        for (int row = 0; row < leaderboard.Rows.Count; row++)
            WriteRow(page, leaderboard, row);
        page.Append("</tbody></table></div>\n<p id=\"shown\" role=\"status\"></p>\n");
        WriteLegend(page, leaderboard);
        WriteData(page, leaderboard);
        page.Append("</section>\n");

        void Header(string title, string type) =>
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" aria-sort=\"none\" data-type=\"{type}\"><button type=\"button\">{HtmlText.Escape(title)}</button></th>");
    }

    private static void WriteControls(StringBuilder page, Leaderboard leaderboard)
    {
        page.Append("<div class=\"controls\" role=\"search\"><label>Filter <input id=\"filter\" type=\"search\" placeholder=\"system or prompt\" autocomplete=\"off\"></label>\n");
        page.Append("<label>Scores <select id=\"origin\"><option value=\"\">all</option><option value=\"measured\">measured</option><option value=\"published\">published</option></select></label>\n");
        page.Append("<label>Metric <select id=\"metric\">");
        foreach (string metric in Metrics(leaderboard))
        {
            string selected = metric == leaderboard.Options.MainMetric ? " selected" : "";
            page.Append(CultureInfo.InvariantCulture, $"<option value=\"{HtmlText.Escape(metric)}\"{selected}>{HtmlText.Escape(ScoreText.Metric(metric))}</option>");
        }

        page.Append("</select></label></div>\n");
    }

    private static void WriteRow(StringBuilder page, Leaderboard leaderboard, int index)
    {
        LeaderboardRow row = leaderboard.Rows[index];
        string metric = leaderboard.Options.MainMetric, origin = row.IsPublished ? "published" : "measured";
        page.Append(CultureInfo.InvariantCulture, $"<tr class=\"{origin}\" data-row=\"{index}\" data-origin=\"{origin}\"><th scope=\"row\">{HtmlText.Escape(row.Title)}</th><td>");
        page.Append(row.System.Published is { } source ? Tip("published", $"{source.Source}. {source.Read}", $"s{index}") : "measured");
        page.Append(CultureInfo.InvariantCulture, $"</td><td class=\"prompts\">{HtmlText.Escape(row.Prompts)}</td>");
        for (int task = 0; task < row.Cells.Count; task++)
        {
            LeaderboardCell? cell = row.Cells[task];
            string marks = cell is null ? "" : Marks(cell.Note is { } note ? [note] : [], cell.Contaminated, $"r{index}t{task}");
            Score(cell?.Score(metric), leaderboard.IsBest(index, task, metric), marks);
        }

        Score(row.Mean(metric), leaderboard.HasBestMean(index, metric), Marks(row.Notes, contaminated: false, $"r{index}m"));
        Number(row.System.Model.Parameters, ScoreText.Parameters(row.System.Model.Parameters));
        Number(row.System.TextsPerSecond, row.System.TextsPerSecond is { } speed ? speed.ToString("#,0.#", CultureInfo.InvariantCulture) : ScoreText.Missing);
        page.Append("</tr>\n");

        void Number(double? value, string text) =>
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"number\" data-value=\"{(value is > 0 ? value.Value.ToString("R", CultureInfo.InvariantCulture) : "")}\">{HtmlText.Escape(text)}</td>");

        void Score(double? value, bool best, string marks)
        {
            string number = value is { } score ? score.ToString("R", CultureInfo.InvariantCulture) : "";
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"number score\" data-value=\"{number}\"><span class=\"{(best ? "value best" : "value")}\">{ScoreText.Score(value)}</span>{(value is null ? marks.Replace("<sup>", "<sup hidden>", StringComparison.Ordinal) : marks)}</td>");
        }
    }

    private static string Marks(IEnumerable<LeaderboardNote> notes, bool contaminated, string id)
    {
        var marks = new StringBuilder();
        foreach (LeaderboardNote note in notes)
            marks.Append(Tip(note.Mark, note.Text, id + note.Mark));
        if (contaminated)
            marks.Append(Tip(ScoreText.ContaminationMark, ScoreText.ContaminationText, id + "x"));
        return marks.Length == 0 ? "" : $"<sup>{marks}</sup>";
    }

    /// <summary>A mark whose remark shows while the pointer is over it or the focus is on it.</summary>
    private static string Tip(string mark, string text, string id) =>
        $"<span class=\"tip\" tabindex=\"0\" aria-describedby=\"{id}\">{HtmlText.Escape(mark)}<span class=\"note\" role=\"tooltip\" id=\"{id}\">{HtmlText.Escape(text)}</span></span>";

    private static void WriteLegend(StringBuilder page, Leaderboard leaderboard)
    {
        page.Append(CultureInfo.InvariantCulture, $"<ul class=\"legend\"><li>Bold: highest on the same data. Mean: {HtmlText.Escape(ScoreText.MeanText)}.</li>");
        foreach (string line in Legend.Lines(leaderboard))
            page.Append(CultureInfo.InvariantCulture, $"<li>{HtmlText.Escape(line)}</li>");
        page.Append("</ul>\n");
    }

    /// <summary>For each metric, each row's scores by task with their mean last, and which are best.</summary>
    private static void WriteData(StringBuilder page, Leaderboard leaderboard)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            foreach (string metric in Metrics(leaderboard))
            {
                json.WriteStartArray(metric);
                for (int row = 0; row < leaderboard.Rows.Count; row++)
                {
                    LeaderboardRow system = leaderboard.Rows[row];
                    json.WriteStartArray();
                    for (int task = 0; task < system.Cells.Count; task++)
                        Entry(json, system.Cells[task]?.Score(metric), leaderboard.IsBest(row, task, metric));
                    Entry(json, system.Mean(metric), leaderboard.HasBestMean(row, metric));
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        page.Append(CultureInfo.InvariantCulture, $"<script type=\"application/json\" id=\"data\">{System.Text.Encoding.UTF8.GetString(stream.ToArray())}</script>\n");

        static void Entry(Utf8JsonWriter json, double? score, bool best)
        {
            if (score is not { } value)
            {
                json.WriteNullValue();
                return;
            }

            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(value, 6));
            json.WriteNumberValue(best ? 1 : 0);
            json.WriteEndArray();
        }
    }

    /// <summary>The metrics shown first, then all others that any result has.</summary>
    private static string[] Metrics(Leaderboard leaderboard) =>
    [
        .. leaderboard.Options.Metrics.Concat(
            leaderboard.Rows.SelectMany(static row => row.Cells).OfType<LeaderboardCell>().SelectMany(static cell => cell.Result.Scores.Keys)
                .Where(HeadToHeadMatrix.Counts).Distinct()
                .OrderBy(static key => key[..key.LastIndexOf('_')], StringComparer.Ordinal).ThenBy(static key => key.Length).ThenBy(static key => key, StringComparer.Ordinal)).Distinct(),
    ];
}
