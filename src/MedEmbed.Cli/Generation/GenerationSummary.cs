using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Synthesis.Generation;

namespace MedEmbed.Cli.Generation;

/// <summary>Tells how a generation ended.</summary>
internal static class GenerationSummary
{
    public static void Tell(CommandInvocation invocation, string output, GenerationReport report, EndpointGeneration? endpoint, decimal? cost)
    {
        if (invocation.Json)
        {
            invocation.Summarize(new
            {
                Output = output,
                report.Notes,
                report.Parts,
                report.PartsWithoutAnswer,
                report.Candidates,
                report.Pairs,
                report.Rejected,
                report.Problems,
                report.ByType,
                report.Grounding,
                Requests = endpoint?.Statistics.Requests,
                RequestFailures = endpoint?.Failures(),
                InputTokens = endpoint?.Statistics.InputTokens,
                OutputTokens = endpoint?.Statistics.OutputTokens,
                Cost = cost,
            });
        }

        string rejected = report.Rejected.Count == 0 ? "" : $" ({string.Join(", ", report.Rejected.OrderByDescending(static reason => reason.Value).Select(static reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Key} {reason.Value}")))})";
        invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{output}: {report.Pairs:N0} pairs from {report.Notes:N0} notes; {report.Rejected.Values.Sum():N0} rejected{rejected}."));
        if (report.PartsWithoutAnswer > 0)
            invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{report.PartsWithoutAnswer:N0} notes or parts ended without answer; rejected.jsonl says why. --overwrite asks again where requests failed."));
    }
}
