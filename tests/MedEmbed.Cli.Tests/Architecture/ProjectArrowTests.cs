using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MedEmbed.Cli.Tests.Architecture;

/// <summary>Which part may point to which: an application that embeds and searches must not pull in what trains or serves.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["MedEmbed"] = [],
        ["MedEmbed.Data"] = [],
        ["MedEmbed.Retrieval"] = ["MedEmbed", "MedEmbed.Data"],
        ["MedEmbed.Evaluation"] = ["MedEmbed", "MedEmbed.Data", "MedEmbed.Retrieval"],
        ["MedEmbed.Synthesis"] = ["MedEmbed", "MedEmbed.Data", "MedEmbed.Retrieval"],
        ["MedEmbed.Training"] = ["MedEmbed", "MedEmbed.Data", "MedEmbed.Retrieval", "MedEmbed.Evaluation"],
        ["MedEmbed.Server"] = ["MedEmbed", "MedEmbed.Data", "MedEmbed.Retrieval", "MedEmbed.Evaluation"],
        ["MedEmbed.Cli"] = ["MedEmbed", "MedEmbed.Data", "MedEmbed.Retrieval", "MedEmbed.Evaluation", "MedEmbed.Synthesis", "MedEmbed.Training", "MedEmbed.Server"],
    };

    /// <summary>Packages, by the beginning of their names, that one project alone may reference.</summary>
    private static readonly (string Prefix, string Owner)[] Owned =
    [
        ("TorchSharp", "MedEmbed.Training"),
        ("libtorch", "MedEmbed.Training"),
        ("Lucene.Net", "MedEmbed.Retrieval"),
        ("Npgsql", "MedEmbed.Retrieval"),
        ("Pgvector", "MedEmbed.Retrieval"),
    ];

    [Fact]
    public void EveryProjectIsOneOfTheDesign() => Assert.All(SourceProject.All(), project => Assert.Contains(project.Name, Allowed.Keys));

    [Fact]
    public void ProjectsReferenceOnlyWhatTheyMay() =>
        Assert.All(SourceProject.All(), project => Assert.Empty(project.ProjectReferences.Except(Allowed[project.Name])));

    [Fact]
    public void OwnedPackagesAreReferencedByTheirOwnersAlone()
    {
        foreach (SourceProject project in SourceProject.All())
            Assert.Empty(project.PackageReferences.Where(package => OwnerOf(package) is { } owner && owner != project.Name).Select(package => $"{project.Name} references {package}"));
    }

    [Fact]
    public void OwnedPackagesAreRestoredOnlyWhereTheirOwnersAreReached()
    {
        foreach (SourceProject project in SourceProject.All())
        {
            string[] reached = [project.Name, .. Allowed[project.Name]];
            Assert.Empty(project.LockedPackages.Where(package => OwnerOf(package) is { } owner && !reached.Contains(owner)).Select(package => $"{project.Name} restores {package}"));
        }
    }

    [Fact]
    public void CompiledAssembliesReferenceOnlyWhatTheyMay()
    {
        string[] assemblies = [.. Allowed.Keys.Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll")).Where(File.Exists)];
        Assert.Contains(assemblies, path => Path.GetFileName(path) == "MedEmbed.Cli.dll");
        foreach (string path in assemblies)
        {
            string name = Path.GetFileNameWithoutExtension(path);
            foreach (string reference in ReferencesOf(path))
            {
                Assert.False(Allowed.ContainsKey(reference) && !Allowed[name].Contains(reference), $"{name} uses {reference}");
                Assert.False(OwnerOf(reference) is { } owner && owner != name, $"{name} uses {reference}");
            }
        }
    }

    private static string? OwnerOf(string package) =>
        Owned.FirstOrDefault(entry => package.StartsWith(entry.Prefix, StringComparison.OrdinalIgnoreCase)).Owner;

    private static string[] ReferencesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
