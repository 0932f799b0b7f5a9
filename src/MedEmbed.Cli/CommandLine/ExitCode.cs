namespace MedEmbed.Cli.CommandLine;

/// <summary>What the process's exit code says.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    public const int Failed = 1;

    /// <summary>Wrong usage or wrong input: running it again as it is will fail again.</summary>
    public const int Usage = 2;

    public const int Cancelled = 130;
}
