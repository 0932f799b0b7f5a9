using System.CommandLine;

namespace MedEmbed.Cli.Options;

/// <summary>The option that names an index.</summary>
internal static class IndexOption
{
    public static Option<string> Create() => new("--index", "-i") { Description = "Folder of the index.", Required = true };
}
