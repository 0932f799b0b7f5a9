using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace MedEmbed.Cli.Tests.Packaging;

/// <summary>Packages of all projects under <c>src</c>, packed as they were built for these tests.</summary>
public sealed class PackedProjects : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder of the packages, a package source.</summary>
    public string Feed => _folder.Path;

    /// <summary>The projects' version, and a part that no earlier run had, so that no package cache holds such a package.</summary>
    public string Version { get; } = $"{ProjectVersion}{(ProjectVersion.Contains('-', StringComparison.Ordinal) ? "." : "-")}test{Guid.NewGuid():N}";

    /// <summary>Names of the projects under <c>src</c>.</summary>
    public static IEnumerable<string> Projects =>
        Directory.EnumerateFiles(RepositoryFiles.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    /// <summary>The version that the projects were built as.</summary>
    public static string ProjectVersion { get; } =
        typeof(CacheFolder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Configuration { get; } = typeof(PackedProjects).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public async ValueTask InitializeAsync()
    {
        foreach (string project in Projects)
        {
            await ChildProcess.RunAsync(
                "dotnet",
                [
                    "pack", RepositoryFiles.PathOf($"src/{project}"), "--no-build", "--configuration", Configuration,
                    "--output", Feed, $"-p:PackageVersion={Version}", "--nologo",
                ],
                RepositoryFiles.Root);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The path of a project's package.</summary>
    public string PathOf(string project, string extension = "nupkg") => _folder.File($"{project}.{Version}.{extension}");

    /// <summary>Full names of the files in a project's package.</summary>
    public IReadOnlyList<string> FilesOf(string project, string extension = "nupkg")
    {
        using ZipArchive package = ZipFile.OpenRead(PathOf(project, extension));
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    /// <summary>A project's nuspec, its <c>metadata</c> element.</summary>
    internal XElement MetadataOf(string project)
    {
        using ZipArchive package = ZipFile.OpenRead(PathOf(project));
        using Stream nuspec = package.GetEntry($"{project}.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }
}
