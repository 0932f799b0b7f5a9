using System.CommandLine;

namespace MedEmbed.Cli.CommandLine;

/// <summary>Options that every command has.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Write one machine-readable JSON object to standard output.",
        Recursive = true,
    };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "No progress and no notes on standard error; errors are still told.",
        Recursive = true,
    };
}
