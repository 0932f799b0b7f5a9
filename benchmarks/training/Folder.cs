using System.Runtime.CompilerServices;

namespace MedEmbed.Benchmarks.Training;

/// <summary>The benchmark's own folder, where results and the peer's script lie.</summary>
internal static class Folder
{
    public static string Own { get; } = Find();

    private static string Find([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
