using System.CommandLine;

namespace MedEmbed.Cli.CommandLine;

/// <summary>Options that every command has.</summary>
internal sealed class GlobalOptions
{
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Write one machine-readable JSON object to standard output.",
        Recursive = true,
    };

    public Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "No progress and no notes on standard error; errors are still told.",
        Recursive = true,
    };
}
