using System.Text;
using MedEmbed.Data.Outputs;
using MedEmbed.Evaluation.Charts;
using MedEmbed.Evaluation.Leaderboards.Reports;

namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>Writes a leaderboard as files: <c>leaderboard.md</c>, <c>.tex</c>, <c>.json</c> and <c>.html</c>, and charts below <c>charts/</c>.</summary>
public static class LeaderboardFolder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The leaderboard as lines of text for a terminal.</summary>
    public static string ConsoleText(Leaderboard leaderboard)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        return ConsoleReport.Write(leaderboard);
    }

    /// <summary>Writes the folder whole or not at all. The same leaderboard gives the same bytes.</summary>
    /// <exception cref="OutputExistsException">The folder is there and <paramref name="overwrite"/> is false.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(Leaderboard leaderboard, string folder, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        using AtomicFolder output = AtomicFolder.Open(folder, overwrite);
        WriteText("leaderboard.md", MarkdownReport.Write(leaderboard));
        WriteText("leaderboard.tex", LatexReport.Write(leaderboard));
        using (FileStream json = File.Create(Path.Combine(output.Path, "leaderboard.json")))
            JsonReport.Write(leaderboard, json);
        WriteText("leaderboard.html", HtmlReport.Write(leaderboard, WriteCharts(leaderboard, Path.Combine(output.Path, "charts"), cancellationToken)));
        output.Complete();

        void WriteText(string name, string text) => File.WriteAllText(Path.Combine(output.Path, name), text, Utf8);
    }

    /// <summary>Writes each chart twice and gives the SVGs with what they show.</summary>
    private static List<(string Svg, string Description)> WriteCharts(Leaderboard leaderboard, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        List<(string Svg, string Description)> drawn = [];
        foreach (Chart chart in LeaderboardCharts.Draw(leaderboard))
        {
            using (chart)
            {
                cancellationToken.ThrowIfCancellationRequested();
                string svg = chart.Svg();
                File.WriteAllText(Path.Combine(folder, chart.Name + ".svg"), svg, Utf8);
                File.WriteAllBytes(Path.Combine(folder, chart.Name + ".png"), chart.Png());
                drawn.Add((svg, chart.Description));
            }
        }

        return drawn;
    }
}
