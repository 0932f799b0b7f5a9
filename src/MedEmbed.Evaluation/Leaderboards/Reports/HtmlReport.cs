using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MedEmbed.Evaluation.Leaderboards.Reports;

/// <summary>The leaderboard as one page that needs no other file and no network.</summary>
/// <remarks>The page's policy allows its own style and script by their hashes and pictures within it, and nothing else. The tables are complete without the script, which sorts, filters and changes the metric.</remarks>
internal static class HtmlReport
{
    public static string Write(Leaderboard leaderboard, IReadOnlyList<(string Svg, string Description)> charts)
    {
        string style = Asset("leaderboard.css"), script = Asset("leaderboard.js");
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Append("<title>Leaderboard – MedEmbed</title>\n<link rel=\"icon\" href=\"data:,\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<style>{style}</style>\n</head>\n<body>\n");
        page.Append("<header><h1>Leaderboard</h1>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Summary(leaderboard)}</p></header>\n<main>\n");
        HtmlScores.Write(page, leaderboard);
        HtmlComparisons.WriteHeadToHead(page, leaderboard.HeadToHead);
        HtmlComparisons.WriteSignificance(page, leaderboard);
        WriteCharts(page, charts);
        page.Append("</main>\n");
        page.Append(CultureInfo.InvariantCulture, $"<script>{script}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Summary(Leaderboard leaderboard)
    {
        int published = leaderboard.Rows.Count(static row => row.IsPublished);
        string text = $"{leaderboard.Rows.Count - published} systems measured on {leaderboard.Tasks.Count} tasks";
        return HtmlText.Escape(published == 0 ? text + "." : $"{text}, {published} published results beside them. A score on a reconstructed set or a slice does not compare with a published one.");
    }

    private static void WriteCharts(StringBuilder page, IReadOnlyList<(string Svg, string Description)> charts)
    {
        page.Append("<section aria-labelledby=\"charts\"><h2 id=\"charts\">Charts</h2>\n");
        foreach ((string svg, string description) in charts)
        {
            string data = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg));
            page.Append(CultureInfo.InvariantCulture, $"<figure><img alt=\"{HtmlText.Escape(description)}\" src=\"data:image/svg+xml;base64,{data}\"></figure>\n");
        }

        page.Append("</section>\n");
    }

    private static string Asset(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("page/" + name)!;
        using var reader = new StreamReader(stream, System.Text.Encoding.UTF8);
        return "\n" + reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
