using System.Text.RegularExpressions;

namespace MedEmbed.Cli.Tests.Architecture;

/// <summary>What every source file keeps to.</summary>
public sealed partial class SourceFileTests
{
    private const int LongestFile = 400;

    [Fact]
    public void NoFileIsPastFourHundredLines() =>
        Assert.DoesNotContain(Sources().Select(path => (Path: path, Lines: File.ReadLines(path).Count())), file => file.Lines > LongestFile);

    [Fact]
    public void EveryFileIsNamedAfterATypeInIt()
    {
        foreach (string path in Sources().Where(path => Path.GetFileName(path) != "Program.cs"))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            Assert.True(TypeNames().Matches(File.ReadAllText(path)).Any(match => match.Groups[1].Value == name), $"{path} declares no type {name}");
        }
    }

    [Fact]
    public void NamespacesFollowFolders()
    {
        string root = RepositoryFiles.PathOf("src");
        foreach (string path in Sources().Where(path => Path.GetFileName(path) != "Program.cs"))
        {
            string expected = Path.GetRelativePath(root, Path.GetDirectoryName(path)!).Replace(Path.DirectorySeparatorChar, '.');

            // Extensions of a framework's builder stand in its namespace by convention, so that they are found without a using.
            Assert.True(
                File.ReadLines(path).Any(line => line == $"namespace {expected};" || line.StartsWith("namespace Microsoft.Extensions.", StringComparison.Ordinal)),
                $"{path} is not in the namespace {expected}");
        }
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(RepositoryFiles.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    [GeneratedRegex(@"\b(?:record struct|record class|record|class|interface|enum|struct|delegate\s+\S+)\s+([A-Za-z0-9_]+)")]
    private static partial Regex TypeNames();
}
