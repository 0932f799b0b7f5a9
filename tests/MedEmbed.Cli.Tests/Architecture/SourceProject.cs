using System.Text.Json;
using System.Xml.Linq;

namespace MedEmbed.Cli.Tests.Architecture;

/// <summary>A project of <c>src/</c> as its files describe it.</summary>
internal sealed class SourceProject
{
    private readonly string _folder;
    private readonly XDocument _project;

    private SourceProject(string file)
    {
        (_folder, Name) = (Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file));
        _project = XDocument.Load(file);
    }

    public string Name { get; }

    /// <summary>Names of the projects it references itself.</summary>
    public string[] ProjectReferences => [.. Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];

    /// <summary>Names of the packages it references itself.</summary>
    public string[] PackageReferences => [.. Includes("PackageReference")];

    /// <summary>Names of all packages that its lock file restores, those of others' references included.</summary>
    public string[] LockedPackages
    {
        get
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "packages.lock.json")));
            return [.. document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() is not ("Project" or "CentralTransitive")).Select(package => package.Name)];
        }
    }

    public static SourceProject[] All() =>
        [.. Directory.GetDirectories(RepositoryFiles.PathOf("src")).SelectMany(folder => Directory.GetFiles(folder, "*.csproj")).Order(StringComparer.Ordinal).Select(file => new SourceProject(file))];

    private IEnumerable<string> Includes(string item) => _project.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
