using System.Globalization;
using System.Text.Json;

namespace MedEmbed.Cli.Tests.Packaging;

[Collection<PackedCollection>, Trait("Category", "Slow")]
public sealed class FreshApplicationTests(PackedProjects packed) : IDisposable
{
    private static readonly string[] Foreign = ["torch", "Lucene", "Npgsql", "Parquet"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ConsoleApplicationRestoresMedEmbedAloneAndRunsTheReadmesFirstExample()
    {
        await WriteApplicationAsync();
        await ChildProcess.RunAsync("dotnet", ["build", "--configuration", "Release", "--output", _folder.File("out"), "--nologo"], _folder.Path);
        string output = await ChildProcess.RunAsync("dotnet", [_folder.File("out/App.dll")], RepositoryFiles.Root, (CacheFolder.Variable, _folder.File("cache")));

        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("medembed-small-v1 gives 384 numbers a text", lines[0]);
        float[] similarities = [.. lines[1..].Select(line => float.Parse(line, CultureInfo.InvariantCulture))];
        Assert.True(similarities is [var arthritis, var measles] && arthritis > measles, output);

        string[] restored = RestoredPackages();
        Assert.Contains($"MedEmbed/{packed.Version}", restored);
        Assert.DoesNotContain(restored, package => package.StartsWith("MedEmbed.", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(restored, package => Foreign.Any(name => package.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Packages that this machine has are read where they lie, and MedEmbed's own is kept in the application's folder.</summary>
    private async Task WriteApplicationAsync()
    {
        string machinePackages = (await ChildProcess.RunAsync("dotnet", ["nuget", "locals", "global-packages", "--list", "--force-english-output"], _folder.Path))
            .Split(": ", 2)[1].Trim();
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <InvariantGlobalization>true</InvariantGlobalization>
                <RestoreAdditionalProjectSources>{packed.Feed}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{_folder.File("packages")}</RestorePackagesPath>
                <RestoreAdditionalProjectFallbackFolders>{machinePackages}</RestoreAdditionalProjectFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="MedEmbed" Version="{packed.Version}" />
              </ItemGroup>
            </Project>
            """);
        Write("Program.cs", FirstExample(await File.ReadAllTextAsync(RepositoryFiles.PathOf("src/MedEmbed/README.md"), TestContext.Current.CancellationToken)));
    }

    private static string FirstExample(string readme)
    {
        const string Fence = "```csharp\n";
        readme = readme.ReplaceLineEndings("\n");
        int start = readme.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);

    private string[] RestoredPackages()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(_folder.File("obj/project.assets.json")));
        return [.. assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name)];
    }
}
