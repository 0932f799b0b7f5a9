using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Diagnosis;

namespace MedEmbed.Cli.Commands;

/// <summary>What this machine has and lacks.</summary>
internal sealed class DoctorCommand : CliCommand
{
    public override Command Definition { get; } = new("doctor", "Show what this machine has and lacks, and prove that the bundled model runs. Exits with 1 where something needed is missing.");

    public override string[] Examples => ["medembed doctor", "medembed doctor --json"];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> findings = await new Diagnostics(invocation.Environment.Variable).RunAsync(cancellationToken).ConfigureAwait(false);
        invocation.Summarize(
            new { Findings = findings.Select(finding => new { finding.Name, Status = finding.Status.ToString().ToLowerInvariant(), finding.Text }) },
            [.. findings.Select(finding => $"{Mark(finding.Status)} {finding.Name,-14} {finding.Text}")]);
        return findings.Any(finding => finding.Status == FindingStatus.Missing) ? ExitCode.Failed : ExitCode.Done;
    }

    private static string Mark(FindingStatus status) => status switch
    {
        FindingStatus.Good => "ok     ",
        FindingStatus.Note => "note   ",
        _ => "MISSING",
    };
}
