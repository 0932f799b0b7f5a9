using System.Text;
using MedEmbed.Data.Outputs;
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
        cancellationToken.ThrowIfCancellationRequested();
        output.Complete();

        void WriteText(string name, string text) => File.WriteAllText(Path.Combine(output.Path, name), text, Utf8);
    }
}
