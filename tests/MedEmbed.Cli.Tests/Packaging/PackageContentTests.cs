using System.Xml.Linq;

namespace MedEmbed.Cli.Tests.Packaging;

[Collection<PackedCollection>, Trait("Category", "Slow")]
public sealed class PackageContentTests(PackedProjects packed)
{
    private const string Tool = "MedEmbed.Cli";

    private static readonly string[] Libtorch = ["torch_cpu", "/libtorch.", "/torch.dll", "c10."];

    private static readonly string[] Foreign = ["torch", "Lucene", "Npgsql", "Pgvector", "Parquet"];

    [Fact]
    public void EveryPackageHasVersionLicenceReadmeAndSymbols()
    {
        foreach (string project in PackedProjects.Projects)
        {
            XElement metadata = packed.MetadataOf(project);
            string? Text(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
            Assert.Equal((packed.Version, "Apache-2.0", "README.md"), (Text("version"), Text("license"), Text("readme")));
            Assert.False(string.IsNullOrWhiteSpace(Text("description")), project);
            Assert.Contains("README.md", packed.FilesOf(project));
            Assert.Contains(packed.FilesOf(project, "snupkg"), file => file.EndsWith($"/{project}.pdb", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void EveryLibraryHasItsAssemblyAndDocumentationAlone()
    {
        foreach (string project in PackedProjects.Projects.Where(project => project != Tool))
        {
            IEnumerable<string> library = packed.FilesOf(project).Where(file => file.StartsWith("lib/", StringComparison.Ordinal));
            Assert.Equal([$"lib/net10.0/{project}.dll", $"lib/net10.0/{project}.xml"], library.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void MedEmbedDependsOnNeitherTorchNorLuceneNorNpgsqlNorParquet()
    {
        string[] dependencies = [.. packed.MetadataOf("MedEmbed").Descendants()
            .Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value)];
        Assert.Contains("Microsoft.ML.OnnxRuntime", dependencies);
        Assert.DoesNotContain(dependencies, id => Foreign.Any(name => id.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void ToolCarriesTheBundledModelsButNoLibtorchAndStaysUnderNuGetsLimit()
    {
        IReadOnlyList<string> files = packed.FilesOf(Tool);
        string models = RepositoryFiles.PathOf("models");
        foreach (string file in Directory.EnumerateFiles(models, "*", SearchOption.AllDirectories))
            Assert.Contains($"tools/net10.0/any/models/{Path.GetRelativePath(models, file).Replace('\\', '/')}", files);
        Assert.DoesNotContain(files, file => Libtorch.Any(name => file.Contains(name, StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(files, file => file.Contains("/android/", StringComparison.Ordinal) || file.Contains("/ios/", StringComparison.Ordinal));
        Assert.Equal(PlatformsWith("onnxruntime", files), PlatformsWith("SkiaSharp", files));
        Assert.InRange(new FileInfo(packed.PathOf(Tool)).Length, 0, 250_000_000);
    }

    /// <summary>Platforms whose native library the tool carries; <c>osx</c> holds both processors in one file.</summary>
    private static string[] PlatformsWith(string library, IEnumerable<string> files) =>
        [.. files.Where(file => file.Contains("/runtimes/", StringComparison.Ordinal) && Path.GetFileName(file).Contains(library, StringComparison.Ordinal))
            .Select(file => file.Split("/runtimes/")[1].Split('/')[0]).Select(platform => platform.StartsWith("osx", StringComparison.Ordinal) ? "osx" : platform)
            .Distinct().Order(StringComparer.Ordinal)];
}
