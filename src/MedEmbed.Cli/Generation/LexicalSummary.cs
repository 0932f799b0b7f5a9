using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Synthesis.Lexical;

namespace MedEmbed.Cli.Generation;

/// <summary>Tells how the making of lexical pairs ended.</summary>
internal static class LexicalSummary
{
    public static void Tell(CommandInvocation invocation, string output, LexicalReport report)
    {
        if (invocation.Json)
            invocation.Summarize(new { Output = output, report.Files, report.Terms, report.Candidates, report.Pairs, report.Rejected, report.ByType, report.BySource, report.BadLines });
        foreach ((string file, long terms) in report.Files)
            invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{file}: {terms:N0} terms."));
        if (report.BadLines > 0)
            invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{report.BadLines:N0} faulty lines left out:"));
        foreach (string reason in report.BadLineReasons)
            invocation.Progress.Note($"  {reason}");
        invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{output}: {report.Pairs:N0} pairs ({Listed(report.ByType)}); {report.Rejected.Values.Sum():N0} rejected ({Listed(report.Rejected)})."));
    }

    private static string Listed(SortedDictionary<string, long> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.OrderByDescending(static count => count.Value).Select(static count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value:N0}")));
}
